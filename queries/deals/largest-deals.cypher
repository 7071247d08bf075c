// title: Largest deals
// answers: Which agreements have the largest upfront payments, milestones or totals, and whether filings disagree on
//   them.
// parameters:
//   by: string = upfront — What counts: upfront, milestones, or total.
//   kind: string = "" — Only this kind, as in license; empty for all.
//   since: string = "" — First date; a deal of 2019 counts as since 2019-03, as it may be.
//   until: string = "" — Last date.
//   limit: integer = 20 — At most so many.
// columns: usd, date, agreement, parties, subjects, kinds, upfront_usd, milestones_max_usd, total_value_usd, conflicts,
//   agreement_id
// example: by=milestones

MATCH (g:Agreement)
WITH g, coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date,
     CASE toLower($by) WHEN 'upfront' THEN g.upfront_usd WHEN 'milestones' THEN g.milestones_max_usd
                       WHEN 'total' THEN g.total_value_usd END AS usd
WHERE usd IS NOT NULL
  AND ($kind = '' OR toLower($kind) IN g.kinds)
  AND ($since = '' OR date >= $since OR $since STARTS WITH date)
  AND ($until = '' OR date <= $until OR date STARTS WITH $until)
WITH g.id AS id, date, usd
ORDER BY usd DESC, id
LIMIT $limit
MATCH (g:Agreement {id: id})
OPTIONAL MATCH (p)-[:PARTY_TO]->(g)
WITH g, date, usd, p
ORDER BY p.name, p.id
WITH g, date, usd, collect(DISTINCT p.name) AS parties
OPTIONAL MATCH (g)-[:COVERS]->(s)
WITH g, date, usd, parties, s
ORDER BY s.name, s.id
WITH g, date, usd, parties, collect(DISTINCT s.name) AS subjects
RETURN usd, date, g.name AS agreement, parties, subjects, g.kinds AS kinds, g.upfront_usd AS upfront_usd,
       g.milestones_max_usd AS milestones_max_usd, g.total_value_usd AS total_value_usd, g.conflicts AS conflicts,
       g.id AS agreement_id
ORDER BY usd DESC, agreement_id
