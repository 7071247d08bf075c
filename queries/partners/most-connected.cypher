// title: Most connected companies
// answers: Which organisations have the most partners and deals.
// parameters:
//   limit: integer = 20 — At most so many companies.
// columns: company, company_id, partners, deals
// example: limit=10

MATCH (c:Company)-[r:PARTY_TO]->(g:Agreement)
WITH g.id AS deal, collect({id: c.id, role: r.role, many: r.roles IS NOT NULL}) AS parties
WHERE size(parties) > 1
UNWIND parties AS mine
UNWIND parties AS theirs
WITH deal, mine, theirs
WHERE mine.id <> theirs.id
  AND (mine.role <> theirs.role OR mine.role IN ['collaborator', 'party'] OR mine.many OR theirs.many)
WITH mine.id AS company_id, count(DISTINCT theirs.id) AS partners, count(DISTINCT deal) AS deals
ORDER BY partners DESC, deals DESC, company_id
LIMIT $limit
MATCH (c:Company {id: company_id})
RETURN c.name AS company, company_id, partners, deals
ORDER BY partners DESC, deals DESC, company_id
