// title: Deals per year and kind
// answers: How many agreements of each kind were made in each year, and for how many of them an upfront payment is
//   told; one of several kinds counts under each, and once in the year.
// parameters:
//   company: string of Company = "" — Only agreements of this party: its name, alias or id; empty for all.
//   since: string = "" — First year or date; a deal of 2019 counts as since 2019-03, as it may be.
//   until: string = "" — Last year or date; without both, deals without a date come last.
// columns: year, kind, deals, in_year, with_upfront, upfront_usd
// example: company="Quillmere Therapeutics, Inc."

OPTIONAL MATCH (c:Company)
WHERE $company <> '' AND (toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company)))
OPTIONAL MATCH (c)-[:PARTY_TO]->(own:Agreement)
WITH collect(DISTINCT own.id) AS owned
MATCH (g:Agreement)
WHERE $company = '' OR g.id IN owned
WITH g.id AS id, g.kinds AS kinds, g.upfront_usd AS upfront,
     coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date
WHERE ($since = '' OR date >= $since OR $since STARTS WITH date)
  AND ($until = '' OR date <= $until OR date STARTS WITH $until)
WITH substring(date, 0, 4) AS year, collect({kinds: coalesce(kinds, ['']), upfront: upfront}) AS deals
UNWIND deals AS deal
UNWIND deal.kinds AS kind
WITH year, size(deals) AS in_year, kind, deal.upfront AS upfront
RETURN year, CASE kind WHEN '' THEN NULL ELSE kind END AS kind, count(*) AS deals, in_year,
       count(upfront) AS with_upfront, CASE count(upfront) WHEN 0 THEN NULL ELSE sum(upfront) END AS upfront_usd
ORDER BY coalesce(year, '9999'), deals DESC, coalesce(kind, '')
