// title: Most quoted documents
// answers: Which documents give the most quotations, and of which filings they are.
// parameters:
//   type: string = "" — Only documents of this type and its kin, as in EX-10 for EX-10.1; empty for all.
//   limit: integer = 20 — At most so many.
// columns: quotations, document, description, form, filing_date, filer, url, document_id, filing
// example: limit=5

MATCH (d:Document)
WHERE $type = '' OR toLower(d.type) STARTS WITH toLower($type)
MATCH (v:Evidence)-[:PART_OF]->(d)
WITH d.id AS document_id, count(v) AS quotations
ORDER BY quotations DESC, document_id
LIMIT $limit
MATCH (d:Document {id: document_id})-[:PART_OF]->(f:Filing)
OPTIONAL MATCH (p)-[:FILED]->(f)
WITH quotations, d, f, p
ORDER BY p.name, p.id
WITH quotations, d, f, collect(p.name) AS filer
RETURN quotations, d.type AS document, d.description AS description, f.form AS form, f.filing_date AS filing_date,
       filer,
       f.url AS url, d.id AS document_id, f.id AS filing
ORDER BY quotations DESC, document_id
