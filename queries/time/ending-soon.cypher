// title: What ends soon
// answers: Which agreements end within so many months of a day, soonest first, with their options that no agreement
//   exercises by then and what they say about renewal.
// parameters:
//   day: string — The day, as in 2026-11-01; 2026 is the end of 2026.
//   months: integer = 12 — So many months from the day.
//   company: string of Company = "" — Only agreements of this party: its name, alias or id; empty for all.
//   limit: integer = 100 — At most so many.
// columns: ends, agreement, parties, subjects, kinds, status, open_options, renewal, agreement_id
// example: day=2022 months=24

// An end in 2027 may be on any day of that year, so it is within reach as soon as one of them is.
OPTIONAL MATCH (c:Company)
WHERE $company <> '' AND (toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company)))
OPTIONAL MATCH (c)-[:PARTY_TO]->(own:Agreement)
WITH collect(DISTINCT own.id) AS owned, $day + substring('0000-12-31', size($day)) AS day
WITH owned, day, toInteger(substring(day, 0, 4)) * 12 + toInteger(substring(day, 5, 2)) - 1 + $months AS month
WITH owned, day, toString(month / 12) + '-' + right('0' + toString(month % 12 + 1), 2) + substring(day, 7) AS until
MATCH (g:Agreement)
WHERE (g.valid_to >= day OR day STARTS WITH g.valid_to) AND g.valid_to <= until
  AND ($company = '' OR g.id IN owned)
WITH g, day
ORDER BY g.valid_to, g.id
LIMIT $limit
OPTIONAL MATCH (p)-[:PARTY_TO]->(g)
WITH g, day, p
ORDER BY p.name, p.id
WITH g, day, collect(DISTINCT p.name) AS parties
OPTIONAL MATCH (g)-[:COVERS]->(s)
WITH g, day, parties, s
ORDER BY s.name, s.id
WITH g, day, parties, collect(DISTINCT s.name) AS subjects
OPTIONAL MATCH (x:Agreement)-[e:EXERCISES]->(g)
WITH g, day, parties, subjects, e,
     coalesce(e.date, x.agreement_date, x.effective_date, x.announced_date, x.first_filed, '') AS date
WITH g, parties, subjects,
     count(CASE WHEN e IS NOT NULL AND date + substring('0000-12-31', size(date)) <= day THEN 1 END) AS exercised
OPTIONAL MATCH (g)-[:HAS_TERM]->(t:Term)
WHERE t.kind = 'renewal' OR t.kind = 'option' AND exercised = 0
WITH g, parties, subjects, t
ORDER BY t.name, t.id
RETURN g.valid_to AS ends, g.name AS agreement, parties, subjects, g.kinds AS kinds, g.status AS status,
       collect(DISTINCT CASE WHEN t.kind = 'option' THEN coalesce(t.value, t.name) END) AS open_options,
       collect(DISTINCT CASE WHEN t.kind = 'renewal' THEN coalesce(t.value, t.name) END) AS renewal,
       g.id AS agreement_id
ORDER BY ends, agreement_id
