// title: What happened to agreements between two days
// answers: Which agreements began, expired, ended, were amended, superseded or terminated, or had an option exercised,
//   between two days, and by which other agreement.
// parameters:
//   since: string — First day, as in 2019-03-04; what is dated 2019 counts, as it may be.
//   until: string — Last day; 2020 is the end of 2020.
//   company: string of Company = "" — Only agreements of this party: its name, alias or id; empty for all.
//   limit: integer = 200 — At most so many changes.
// columns: date, change, agreement, by, parties, status, agreement_id, by_id
// example: since=2018 until=2023

OPTIONAL MATCH (c:Company)
WHERE $company <> '' AND (toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company)))
OPTIONAL MATCH (c)-[:PARTY_TO]->(own:Agreement)
WITH collect(DISTINCT own.id) AS owned
MATCH (g:Agreement)
WHERE $company = '' OR g.id IN owned
OPTIONAL MATCH (x:Agreement)-[e:AMENDS|TERMINATES|SUPERSEDES|EXERCISES]->(g)
WITH g, collect({date: coalesce(e.date, x.agreement_date, x.effective_date, x.announced_date), by: x.id,
                 change: CASE type(e) WHEN 'AMENDS' THEN 'amended' WHEN 'TERMINATES' THEN 'terminated'
                                      WHEN 'SUPERSEDES' THEN 'superseded' ELSE 'option exercised' END}) AS told
WITH g.id AS id, told + [
       {date: g.valid_from, by: NULL, change: 'began'},
       {date: CASE WHEN any(t IN told WHERE t.change = 'terminated' AND t.date = g.valid_to) THEN NULL
                   ELSE g.valid_to END,
        by: NULL, change: CASE g.valid_to WHEN g.termination_date THEN 'terminated'
                                          WHEN g.expiration_date THEN 'expired' ELSE 'ended' END}] AS told
UNWIND told AS t
WITH id, t.date AS date, t.change AS change, t.by AS by
WHERE (date >= $since OR $since STARTS WITH date) AND (date <= $until OR date STARTS WITH $until)
WITH DISTINCT id, date, change, by
ORDER BY date, id, change, coalesce(by, '')
LIMIT $limit
MATCH (g:Agreement {id: id})
OPTIONAL MATCH (x:Agreement {id: coalesce(by, '')})  // for null the embedded store would look through all
OPTIONAL MATCH (p)-[:PARTY_TO]->(g)
WITH date, change, g, x, p
ORDER BY p.name, p.id
WITH date, change, g, x, collect(DISTINCT p.name) AS parties
RETURN date, change, g.name AS agreement, x.name AS by, parties, g.status AS status, g.id AS agreement_id, x.id AS by_id
ORDER BY date, agreement_id, change, coalesce(by_id, '')
