// title: Overlap of partners, chosen companies
// answers: For each pair of the chosen companies, how many partners they share, how many they have together, and the
//   Jaccard index of the two sets; pairs that share none are there too.
// parameters:
//   companies: strings of Company — Names, aliases or ids of the companies.
// columns: company, other, shared, together, jaccard, company_partners, other_partners, company_id, other_id
// example: companies="Quillmere Therapeutics, Inc.; Brindlecove Medicines, Inc.; Mirefold Vaccines, Inc."

WITH [name IN $companies | toLower(name)] AS wanted
MATCH (c:Company)
WHERE toLower(c.id) IN wanted OR toLower(c.name) IN wanted OR any(x IN c.aliases WHERE toLower(x) IN wanted)
OPTIONAL MATCH (c)-[mine:PARTY_TO]->(:Agreement)<-[theirs:PARTY_TO]-(p:Company)
WHERE p.id <> c.id AND (mine.role <> theirs.role OR mine.role IN ['collaborator', 'party']
   OR mine.roles IS NOT NULL OR theirs.roles IS NOT NULL)
WITH c.id AS id, c.name AS name, collect(DISTINCT p.id) AS partners
WITH collect({id: id, name: name, partners: partners}) AS chosen
UNWIND chosen AS a
UNWIND chosen AS b
WITH a, b
WHERE a.id < b.id
WITH a.id AS company_id, a.name AS company, size(a.partners) AS company_partners,
     b.id AS other_id, b.name AS other, size(b.partners) AS other_partners,
     size([x IN a.partners WHERE x IN b.partners]) AS shared
WITH company_id, company, company_partners, other_id, other, other_partners, shared,
     company_partners + other_partners - shared AS together
RETURN company, other, shared, together, CASE WHEN together > 0 THEN 1.0 * shared / together ELSE 0.0 END AS jaccard,
       company_partners, other_partners, company_id, other_id
ORDER BY jaccard DESC, shared DESC, company_id, other_id
