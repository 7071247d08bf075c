// title: Ownership tree
// answers: Who stands above a company, or below it, over at most four steps of parents, subsidiaries and stakes that
//   are still held, each with the way there.
// parameters:
//   company: string of Company — Name, alias or id of the company.
//   up: boolean = true — true for parents and shareholders, false for subsidiaries and stakes.
//   limit: integer = 200 — At most so many, the nearest first.
// columns: step, holder, held, relation, percent, as_of, way, holder_id, held_id, edge
// example: company="Brindlecove Medicines, Inc." up=false

// An edge leads up where it is the parent's and starts here, or the shareholder's and ends here.
MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
MATCH (c)-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(n)
WHERE ((type(e) = 'SUBSIDIARY_OF') = (startNode(e).id = c.id)) = $up AND n.id <> c.id
  AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH DISTINCT c, e, n
ORDER BY e.id
LIMIT $limit
WITH collect({step: 1, e: e, to: n, ids: [c.id, n.id], way: [c.name, n.name]}) AS level
WITH level AS found, level
UNWIND CASE WHEN size(level) = 0 THEN [NULL] ELSE level END AS last
WITH found, last, last.to AS m
OPTIONAL MATCH (m)-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(n)
WHERE ((type(e) = 'SUBSIDIARY_OF') = (startNode(e).id = m.id)) = $up AND NOT n.id IN last.ids
  AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH found, last, e, n
ORDER BY CASE WHEN e IS NULL THEN 1 ELSE 0 END, e.id, last.way
LIMIT $limit
WITH found, collect(CASE WHEN e IS NOT NULL THEN {step: 2, e: e, to: n, ids: last.ids + [n.id],
                                                  way: last.way + [n.name]} END) AS level
WITH found + level AS found, level
UNWIND CASE WHEN size(level) = 0 THEN [NULL] ELSE level END AS last
WITH found, last, last.to AS m
OPTIONAL MATCH (m)-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(n)
WHERE ((type(e) = 'SUBSIDIARY_OF') = (startNode(e).id = m.id)) = $up AND NOT n.id IN last.ids
  AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH found, last, e, n
ORDER BY CASE WHEN e IS NULL THEN 1 ELSE 0 END, e.id, last.way
LIMIT $limit
WITH found, collect(CASE WHEN e IS NOT NULL THEN {step: 3, e: e, to: n, ids: last.ids + [n.id],
                                                  way: last.way + [n.name]} END) AS level
WITH found + level AS found, level
UNWIND CASE WHEN size(level) = 0 THEN [NULL] ELSE level END AS last
WITH found, last, last.to AS m
OPTIONAL MATCH (m)-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(n)
WHERE ((type(e) = 'SUBSIDIARY_OF') = (startNode(e).id = m.id)) = $up AND NOT n.id IN last.ids
  AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH found, last, e, n
ORDER BY CASE WHEN e IS NULL THEN 1 ELSE 0 END, e.id, last.way
LIMIT $limit
WITH found, collect(CASE WHEN e IS NOT NULL THEN {step: 4, e: e, to: n, ids: last.ids + [n.id],
                                                  way: last.way + [n.name]} END) AS level
WITH found + level AS found, level
UNWIND found AS one
WITH one.step AS step, one.e AS e, one.way AS way
WITH step, e, way, CASE type(e) WHEN 'SUBSIDIARY_OF' THEN endNode(e) ELSE startNode(e) END AS holder,
     CASE type(e) WHEN 'SUBSIDIARY_OF' THEN startNode(e) ELSE endNode(e) END AS held
RETURN step, holder.name AS holder, held.name AS held,
       CASE type(e) WHEN 'SUBSIDIARY_OF' THEN 'parent' ELSE 'shareholder' END AS relation, e.percent AS percent,
       e.as_of AS as_of, way, holder.id AS holder_id, held.id AS held_id, e.id AS edge
ORDER BY step, edge, way
LIMIT $limit
