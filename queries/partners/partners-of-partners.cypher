// title: Partners of partners that are no partners yet
// answers: Which organisations deal with partners of the company and not with the company itself, by how many of its
//   partners they share: the white space around it.
// parameters:
//   company: string of Company — Name, alias or id of the company.
//   limit: integer = 50 — At most so many candidates.
// columns: candidate, candidate_id, kind, shared, through, deals
// example: company="Brindlecove Medicines, Inc."

MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
MATCH (c)-[mine:PARTY_TO]->(:Agreement)<-[theirs:PARTY_TO]-(p:Company)
WHERE p.id <> c.id AND (mine.role <> theirs.role OR mine.role IN ['collaborator', 'party']
   OR mine.roles IS NOT NULL OR theirs.roles IS NOT NULL)
WITH collect(DISTINCT c.id) + collect(DISTINCT p.id) AS known, collect(DISTINCT p.id) AS partners
UNWIND partners AS partner
MATCH (p:Company {id: partner})-[mine:PARTY_TO]->(g:Agreement)<-[theirs:PARTY_TO]-(x:Company)
WHERE x.id <> p.id AND NOT x.id IN known AND (mine.role <> theirs.role OR mine.role IN ['collaborator', 'party']
   OR mine.roles IS NOT NULL OR theirs.roles IS NOT NULL)
WITH x.id AS candidate_id, count(DISTINCT p.id) AS shared, count(DISTINCT g.id) AS deals,
     collect(DISTINCT p.name) AS names
ORDER BY shared DESC, deals DESC, candidate_id
LIMIT $limit
MATCH (x:Company {id: candidate_id})
UNWIND names AS name
WITH x, shared, deals, name
ORDER BY name
WITH x.id AS candidate_id, x.name AS candidate, x.kind AS kind, shared, deals, collect(name) AS through
RETURN candidate, candidate_id, kind, shared, through, deals
ORDER BY shared DESC, deals DESC, candidate_id
