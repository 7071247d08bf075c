// title: Companies without an identifier
// answers: Which companies have neither CIK, LEI, ticker nor IRS number, those with the most deals first: whom to look up first.
// parameters:
//   limit: integer = 100 — At most so many companies.
// columns: company, company_id, kind, deals, aliases
// example: limit=20

MATCH (c:Company)
WHERE c.cik IS NULL AND c.lei IS NULL AND c.ticker IS NULL AND c.irs_number IS NULL
OPTIONAL MATCH (c)-[:PARTY_TO]->(g:Agreement)
WITH c.id AS company_id, count(DISTINCT g.id) AS deals
ORDER BY deals DESC, company_id
LIMIT $limit
MATCH (c:Company {id: company_id})
RETURN c.name AS company, company_id, c.kind AS kind, deals, c.aliases AS aliases
ORDER BY deals DESC, company_id
