// title: Agreements without a date
// answers: Which agreements have no date at all, with their parties and when they were first told of.
// parameters:
//   limit: integer = 100 — At most so many agreements.
// columns: agreement, agreement_id, kinds, parties, first_filed
// example: limit=20

MATCH (g:Agreement)
WHERE g.agreement_date IS NULL AND g.effective_date IS NULL AND g.announced_date IS NULL
WITH g
ORDER BY coalesce(g.first_filed, '9999'), g.id
LIMIT $limit
OPTIONAL MATCH (p)-[:PARTY_TO]->(g)
WITH g, p
ORDER BY p.name
WITH g, collect(DISTINCT p.name) AS parties
RETURN g.name AS agreement, g.id AS agreement_id, g.kinds AS kinds, parties, g.first_filed AS first_filed
ORDER BY coalesce(first_filed, '9999'), agreement_id
