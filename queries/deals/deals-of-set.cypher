// title: Deals of a set of companies
// answers: To which agreements any of the companies, or so many of them together, are party, oldest first.
// parameters:
//   companies: strings of Company — Names, aliases or ids of companies.
//   together: integer = 1 — How many of them at least.
//   limit: integer = 200 — At most so many.
// columns: date, agreement, members, others, kinds, subjects, status, upfront_usd, milestones_max_usd, agreement_id
// example: companies="Quillmere Therapeutics, Inc.;Brindlecove Medicines, Inc."

UNWIND $companies AS asked
WITH toLower(asked) AS asked
MATCH (c:Company)
WHERE toLower(c.id) = asked OR toLower(c.name) = asked OR any(x IN c.aliases WHERE toLower(x) = asked)
WITH DISTINCT c
MATCH (c)-[:PARTY_TO]->(g:Agreement)
WITH g, c.id AS member_id, c.name AS member
ORDER BY member, member_id
WITH g.id AS id, coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date,
     collect(DISTINCT member_id) AS ids, collect(DISTINCT member) AS members
WHERE size(ids) >= $together
WITH id, date, ids, members
ORDER BY coalesce(date, '9999'), id
LIMIT $limit
MATCH (g:Agreement {id: id})
OPTIONAL MATCH (p)-[:PARTY_TO]->(g)
WHERE NOT p.id IN ids
WITH g, date, members, p
ORDER BY p.name, p.id
WITH g, date, members, collect(DISTINCT p.name) AS others
OPTIONAL MATCH (g)-[:COVERS]->(s)
WITH g, date, members, others, s
ORDER BY s.name, s.id
WITH g, date, members, others, collect(DISTINCT s.name) AS subjects
RETURN date, g.name AS agreement, members, others, g.kinds AS kinds, subjects, g.status AS status,
       g.upfront_usd AS upfront_usd, g.milestones_max_usd AS milestones_max_usd, g.id AS agreement_id
ORDER BY coalesce(date, '9999'), agreement_id
