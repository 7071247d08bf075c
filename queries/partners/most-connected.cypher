// title: Most connected companies
// answers: Which organisations have the most partners and deals.
// parameters:
//   limit: integer = 20 — At most so many companies.
// columns: company, company_id, partners, deals
// example: limit=10

MATCH (c:Company)-[mine:PARTY_TO]->(g:Agreement)<-[theirs:PARTY_TO]-(p:Company)
WHERE p.id <> c.id AND (mine.role <> theirs.role OR mine.role IN ['collaborator', 'party']
   OR mine.roles IS NOT NULL OR theirs.roles IS NOT NULL)
WITH c.id AS company_id, count(DISTINCT p.id) AS partners, count(DISTINCT g.id) AS deals
ORDER BY partners DESC, deals DESC, company_id
LIMIT $limit
MATCH (c:Company {id: company_id})
RETURN c.name AS company, company_id, partners, deals
ORDER BY partners DESC, deals DESC, company_id
