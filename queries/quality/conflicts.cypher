// title: Where filings disagree
// answers: Agreements of which filings tell something differently, with every term of theirs, its value and its source.
// parameters:
//   company: string of Company = "" — Only agreements of this party: its name, alias or id; empty for all.
//   limit: integer = 200 — At most so many terms.
// columns: agreement, differs_in, term, value, state, form, document, filing_date, quote, agreement_id
// example: limit=50

MATCH (g:Agreement)-[:HAS_TERM]->(t:Term)
WHERE g.conflicts IS NOT NULL
OPTIONAL MATCH (c:Company)-[:PARTY_TO]->(g)
WITH g, t, collect(c) AS parties
WHERE $company = '' OR any(c IN parties WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company)))
UNWIND t.evidence AS evidence
MATCH (v:Evidence {id: evidence})-[:PART_OF]->(d:Document)-[:PART_OF]->(f:Filing)
RETURN g.name AS agreement, g.conflicts AS differs_in, t.kind AS term, t.name AS value, t.state AS state, f.form AS form,
       d.type AS document, f.filing_date AS filing_date, v.quote AS quote, g.id AS agreement_id
ORDER BY agreement_id, term, filing_date, document, quote
LIMIT $limit
