// title: New partners since a date
// answers: With whom the company had its first deal on or after the date; deals without a date are counted apart.
// parameters:
//   company: string of Company — Name, alias or id of the company.
//   since: string — A date, as in 2019, 2019-03 or 2019-03-04; a deal of 2019 counts as since 2019-03, as it may be.
// columns: partner, partner_id, first_date, deals, undated, kinds
// example: company="Quillmere Therapeutics, Inc." since=2019

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
WITH partner_id, partner, deal, date, kind, date < $since AND NOT $since STARTS WITH date AS earlier
ORDER BY kind
WITH partner_id, partner, min(date) AS first_date, count(DISTINCT deal) AS deals,
     count(DISTINCT CASE WHEN date IS NULL THEN deal END) AS undated, collect(DISTINCT kind) AS kinds,
     count(CASE WHEN earlier THEN 1 END) AS before
WHERE first_date IS NOT NULL AND before = 0
RETURN partner, partner_id, first_date, deals, undated, [k IN kinds WHERE k <> ''] AS kinds
ORDER BY first_date, partner_id
