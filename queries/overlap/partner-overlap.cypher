// title: Overlap of partners, all pairs
// answers: How many partners any two companies share, and the Jaccard index of their sets of partners.
// parameters:
//   shared: integer = 1 — At least so many partners in common.
//   limit: integer = 100 — At most so many pairs.
//   partners: integer = 2 — Only companies with at least so many partners each.
// columns: company, other, shared, company_partners, other_partners, jaccard, company_id, other_id
// example: shared=1 partners=3

MATCH (c:Company)-[mine:PARTY_TO]->(g:Agreement)<-[theirs:PARTY_TO]-(p:Company)
WHERE p.id <> c.id AND (mine.role <> theirs.role OR mine.role IN ['collaborator', 'party']
   OR mine.roles IS NOT NULL OR theirs.roles IS NOT NULL)
WITH DISTINCT c.id AS company, p.id AS partner
WITH company, collect(partner) AS partners
WITH company, size(partners) AS degree, partners
WHERE degree >= $partners
UNWIND partners AS partner
WITH partner, collect({id: company, degree: degree}) AS around
UNWIND around AS x
UNWIND around AS y
WITH x.id AS a, y.id AS b, x.degree AS n, y.degree AS m
WHERE a < b
WITH a, b, n, m, count(*) AS common
WHERE common >= $shared
WITH a, b, n, m, common, 1.0 * common / (n + m - common) AS jaccard
ORDER BY jaccard DESC, common DESC, a, b
LIMIT $limit
MATCH (c:Company {id: a})
MATCH (o:Company {id: b})
RETURN c.name AS company, o.name AS other, common AS shared, n AS company_partners, m AS other_partners, jaccard,
       a AS company_id, b AS other_id
ORDER BY jaccard DESC, shared DESC, company_id, other_id
