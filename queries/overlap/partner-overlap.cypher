// title: Overlap of partners, all pairs
// answers: How many partners any two companies share, and the Jaccard index of their sets of partners.
// parameters:
//   shared: integer = 2 — At least so many partners in common.
//   limit: integer = 100 — At most so many pairs.
//   partners: integer = 3 — Only companies with at least so many partners each.
//   among: integer = 100 — Only the so many companies with the most agreements; of n companies there are n² / 2 pairs.
// columns: company, other, shared, company_partners, other_partners, jaccard, company_id, other_id
// example: shared=1

// The number of a company's partners goes along in front of its id: a pair of texts is less to keep than one of maps.
MATCH (c:Company)-[r:PARTY_TO]->(:Agreement)
WITH c, count(r) AS deals
ORDER BY deals DESC, c.id
LIMIT $among
MATCH (c)-[mine:PARTY_TO]->(g:Agreement)<-[theirs:PARTY_TO]-(p:Company)
WHERE p.id <> c.id AND (mine.role <> theirs.role OR mine.role IN ['collaborator', 'party']
   OR mine.roles IS NOT NULL OR theirs.roles IS NOT NULL)
WITH c.id AS company, collect(DISTINCT p.id) AS partners
WHERE size(partners) >= $partners
WITH toString(size(partners)) + ' ' + company AS company, partners
UNWIND partners AS partner
WITH partner, collect(company) AS around
UNWIND around AS a
UNWIND around AS b
WITH a, b
WHERE a < b
WITH a, b, count(*) AS common
WHERE common >= $shared
WITH split(a, ' ') AS x, split(b, ' ') AS y, common
WITH CASE WHEN x[1] < y[1] THEN x ELSE y END AS x, CASE WHEN x[1] < y[1] THEN y ELSE x END AS y, common
WITH x[1] AS a, y[1] AS b, toInteger(x[0]) AS n, toInteger(y[0]) AS m, common
WITH a, b, n, m, common, 1.0 * common / (n + m - common) AS jaccard
ORDER BY jaccard DESC, common DESC, a, b
LIMIT $limit
MATCH (c:Company {id: a})
MATCH (o:Company {id: b})
RETURN c.name AS company, o.name AS other, common AS shared, n AS company_partners, m AS other_partners, jaccard,
       a AS company_id, b AS other_id
ORDER BY jaccard DESC, shared DESC, company_id, other_id
