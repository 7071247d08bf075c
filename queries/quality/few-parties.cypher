// title: Agreements that lack parties
// answers: Which agreements have fewer parties than it takes, with those that are known.
// parameters:
//   fewer_than: integer = 2 — Agreements with fewer parties than this; 1 for those without any.
//   limit: integer = 100 — At most so many agreements.
// columns: agreement, agreement_id, kinds, parties, known, date, first_filed
// example: fewer_than=2

MATCH (g:Agreement)
OPTIONAL MATCH (p)-[:PARTY_TO]->(g)
WITH g.id AS id, count(DISTINCT p.id) AS parties
WHERE parties < $fewer_than
WITH id, parties
ORDER BY parties, id
LIMIT $limit
MATCH (g:Agreement {id: id})
OPTIONAL MATCH (p)-[:PARTY_TO]->(g)
WITH g, parties, p
ORDER BY p.name
WITH g, parties, collect(DISTINCT p.name) AS known
RETURN g.name AS agreement, g.id AS agreement_id, g.kinds AS kinds, parties, known,
       coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date, g.first_filed AS first_filed
ORDER BY parties, agreement_id
