// title: Filings that tell of a company
// answers: On which filings the facts of a company rest, how many facts and quotations each gives, and whether it filed
//   it.
// parameters:
//   company: string of Company — Name, alias or id of the company.
// columns: filing_date, form, facts, quotations, documents, its_own, url, filing
// example: company="Quillmere Therapeutics, Inc."

MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
OPTIONAL MATCH (c)-[:FILED]->(own:Filing)
WITH c, collect(own.id) AS filed
OPTIONAL MATCH (c)-[e]-()
WITH c, filed, collect({fact: e.id, evidence: e.evidence}) AS facts
WITH filed, facts + [{fact: c.id, evidence: c.evidence}] AS facts
UNWIND facts AS fact
WITH filed, fact.fact AS fact, fact.evidence AS evidence
WHERE evidence IS NOT NULL
UNWIND evidence AS id
MATCH (v:Evidence {id: id})-[:PART_OF]->(d:Document)-[:PART_OF]->(f:Filing)
WITH f, filed, fact, id, d.type AS document
ORDER BY document
WITH f, filed, count(DISTINCT fact) AS facts, count(DISTINCT id) AS quotations, collect(DISTINCT document) AS documents
RETURN f.filing_date AS filing_date, f.form AS form, facts, quotations, documents, f.id IN filed AS its_own,
       f.url AS url, f.id AS filing
ORDER BY coalesce(filing_date, '9999'), filing
