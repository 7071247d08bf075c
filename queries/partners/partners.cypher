// title: Partners of a company
// answers: Which organisations are party to agreements with the company, and since when.
// parameters:
//   company: string of Company — Name, alias or id of the company.
// columns: partner, partner_id, deals, kinds, first_date, last_date
// example: company="Quillmere Therapeutics, Inc."

// Two parties in the same one-sided role, as two licensees, deal with a third and not with one another;
// with several roles, as in a cross-licence, they do.
MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
MATCH (c)-[mine:PARTY_TO]->(g:Agreement)<-[theirs:PARTY_TO]-(p:Company)
WHERE p.id <> c.id AND (mine.role <> theirs.role OR mine.role IN ['collaborator', 'party']
   OR mine.roles IS NOT NULL OR theirs.roles IS NOT NULL)
WITH DISTINCT p, g
WITH p.id AS partner_id, p.name AS partner, g.id AS deal, g.kinds AS kinds,
     coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date
UNWIND coalesce(kinds, ['']) AS kind
WITH partner, partner_id, deal, date, kind
ORDER BY kind
WITH partner, partner_id, count(DISTINCT deal) AS deals, collect(DISTINCT kind) AS kinds,
     min(date) AS first_date, max(date) AS last_date
RETURN partner, partner_id, deals, [k IN kinds WHERE k <> ''] AS kinds, first_date, last_date
ORDER BY deals DESC, partner_id
