// title: Partners that a set of companies shares
// answers: Which organisations deal with several of the companies, with how many of them and with which.
// parameters:
//   companies: strings of Company — Names, aliases or ids of the companies; those of the set that deal with others of it count too.
//   at_least: integer = 2 — Partners of at least so many of them.
//   limit: integer = 100 — At most so many partners.
// columns: partner, partner_id, of_set, companies, deals
// example: companies="Quillmere Therapeutics, Inc.; Brindlecove Medicines, Inc.; Mirefold Vaccines, Inc."

WITH [name IN $companies | toLower(name)] AS wanted
MATCH (c:Company)
WHERE toLower(c.id) IN wanted OR toLower(c.name) IN wanted OR any(x IN c.aliases WHERE toLower(x) IN wanted)
MATCH (c)-[mine:PARTY_TO]->(g:Agreement)<-[theirs:PARTY_TO]-(p:Company)
WHERE p.id <> c.id AND (mine.role <> theirs.role OR mine.role IN ['collaborator', 'party']
   OR mine.roles IS NOT NULL OR theirs.roles IS NOT NULL)
WITH DISTINCT p.id AS partner_id, p.name AS partner, c.id AS company_id, c.name AS company, g.id AS deal
ORDER BY company, company_id
WITH partner_id, partner, count(DISTINCT company_id) AS of_set, collect(DISTINCT company) AS companies,
     count(DISTINCT deal) AS deals
WHERE of_set >= $at_least
RETURN partner, partner_id, of_set, companies, deals
ORDER BY of_set DESC, deals DESC, partner_id
LIMIT $limit
