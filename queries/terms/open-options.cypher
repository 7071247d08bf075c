// title: Options not yet exercised
// answers: Which agreements give an option that no agreement exercises, and are not over, with its trigger, window and
//   fee; one that gives several is left out as soon as any of them is exercised.
// parameters:
//   company: string of Company = "" — Only agreements of this party: its name, alias or id; empty for all.
//   day: string = "" — On this day, as in 2021-06-30; 2021 is the end of 2021. Empty: as far as is known.
//   limit: integer = 100 — At most so many agreements.
// columns: date, agreement, parties, subjects, options, triggers, windows, fees, status, valid_to, agreement_id
// example: day=2022

// A date without its day or month means its last day, so what is not certainly over or exercised is still open.
OPTIONAL MATCH (c:Company)
WHERE $company <> '' AND (toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company)))
OPTIONAL MATCH (c)-[:PARTY_TO]->(own:Agreement)
WITH collect(DISTINCT own.id) AS owned
MATCH (g:Agreement)
WHERE $company = '' OR g.id IN owned
OPTIONAL MATCH (g)-[:HAS_TERM]->(t:Term)
WHERE t.kind = 'option'
WITH g, count(t) AS told, CASE $day WHEN '' THEN '9999' ELSE $day + substring('0000-12-31', size($day)) END AS day
WHERE (told > 0 OR g.status = 'option' OR 'option' IN g.kinds)
  AND coalesce(g.valid_from <= day, true)
  AND NOT CASE WHEN $day <> '' AND g.valid_to > day THEN false
               WHEN $day <> '' AND g.valid_to + substring('0000-12-31', size(g.valid_to)) <= day THEN true
               ELSE coalesce(g.status IN ['terminated', 'ended'] AND ($day = ''
                             OR g.last_filed + substring('0000-12-31', size(g.last_filed)) <= day), false) END
OPTIONAL MATCH (x:Agreement)-[e:EXERCISES]->(g)
WITH g.id AS id, day, coalesce(e.date, x.agreement_date, x.effective_date, x.announced_date, x.first_filed, '') AS date,
     e.id AS exercise
WITH id, count(CASE WHEN exercise IS NOT NULL AND date + substring('0000-12-31', size(date)) <= day THEN 1 END) AS gone
WHERE gone = 0
MATCH (g:Agreement {id: id})
WITH g, coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date
ORDER BY coalesce(date, '9999'), g.id
LIMIT $limit
OPTIONAL MATCH (p)-[:PARTY_TO]->(g)
WITH g, date, p
ORDER BY p.name, p.id
WITH g, date, collect(DISTINCT p.name) AS parties
OPTIONAL MATCH (g)-[:COVERS]->(s)
WITH g, date, parties, s
ORDER BY s.name, s.id
WITH g, date, parties, collect(DISTINCT s.name) AS subjects
OPTIONAL MATCH (g)-[:HAS_TERM]->(t:Term)
WHERE t.kind IN ['option', 'option fee']
WITH g, date, parties, subjects, t.kind = 'option' AS option, t
ORDER BY t.name, t.id
RETURN date, g.name AS agreement, parties, subjects, collect(DISTINCT CASE WHEN option THEN t.value END) AS options,
       collect(DISTINCT CASE WHEN option THEN t.event END) AS triggers,
       collect(DISTINCT CASE WHEN option THEN t.period END) AS windows,
       collect(DISTINCT CASE WHEN NOT option THEN t.name END) AS fees, g.status AS status, g.valid_to AS valid_to,
       g.id AS agreement_id
ORDER BY coalesce(date, '9999'), agreement_id
