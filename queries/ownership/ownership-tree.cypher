// title: Ownership tree
// answers: Who stands above a company, or below it, over at most four steps of parents, subsidiaries and stakes that
//   are still held, each with the way there.
// parameters:
//   company: string — Name, alias or id of the company.
//   up: boolean = true — true for parents and shareholders, false for subsidiaries and stakes.
//   limit: integer = 200 — At most so many, the nearest first.
// columns: step, holder, held, relation, percent, as_of, way, holder_id, held_id, edge
// example: company="Brindlecove Medicines, Inc." up=false

// An edge leads up where it is the parent's and starts here, or the shareholder's and ends here.
MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
MATCH (c)-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(m)
WHERE ((type(e) = 'SUBSIDIARY_OF') = (startNode(e).id = c.id)) = $up AND m.id <> c.id
  AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
OPTIONAL MATCH (m)-[f:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(n)
WHERE ((type(f) = 'SUBSIDIARY_OF') = (startNode(f).id = m.id)) = $up AND NOT n.id IN [c.id, m.id]
  AND f.valid_to IS NULL AND coalesce(f.percent, 1) > 0
OPTIONAL MATCH (n)-[g:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(o)
WHERE ((type(g) = 'SUBSIDIARY_OF') = (startNode(g).id = n.id)) = $up AND NOT o.id IN [c.id, m.id, n.id]
  AND g.valid_to IS NULL AND coalesce(g.percent, 1) > 0
OPTIONAL MATCH (o)-[h:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(p)
WHERE ((type(h) = 'SUBSIDIARY_OF') = (startNode(h).id = o.id)) = $up AND NOT p.id IN [c.id, m.id, n.id, o.id]
  AND h.valid_to IS NULL AND coalesce(h.percent, 1) > 0
UNWIND [{step: 1, e: e, way: [c.name, m.name]}, {step: 2, e: f, way: [c.name, m.name, n.name]},
        {step: 3, e: g, way: [c.name, m.name, n.name, o.name]},
        {step: 4, e: h, way: [c.name, m.name, n.name, o.name, p.name]}] AS found
WITH DISTINCT found.step AS step, found.e AS e, found.way AS way
WHERE e IS NOT NULL
WITH step, e, way, CASE type(e) WHEN 'SUBSIDIARY_OF' THEN endNode(e) ELSE startNode(e) END AS holder,
     CASE type(e) WHEN 'SUBSIDIARY_OF' THEN startNode(e) ELSE endNode(e) END AS held
RETURN step, holder.name AS holder, held.name AS held,
       CASE type(e) WHEN 'SUBSIDIARY_OF' THEN 'parent' ELSE 'shareholder' END AS relation, e.percent AS percent,
       e.as_of AS as_of, way, holder.id AS holder_id, held.id AS held_id, e.id AS edge
ORDER BY step, holder_id, held_id, edge, way
LIMIT $limit
