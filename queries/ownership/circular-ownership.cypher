// title: Circular ownership
// answers: Which companies own a part of themselves, through stakes that are still held and subsidiaries; a circle is
//   told once, each company followed by one that it owns.
// parameters:
//   company: string = "" — Only circles through this company: its name, alias or id; empty for all.
//   most: integer = 3 — Circles of at most so many companies, up to five; each more takes many times as long.
//   limit: integer = 100 — At most so many circles, the shortest first.
// columns: length, companies, company_ids
// example: limit=20

// Step by step from owner to owned, so against the arrow of SUBSIDIARY_OF, until the way is back at its least id. Who
// owns nothing is passed over.
MATCH (a:Company)
WHERE ((a)-[:SUBSIDIARY_OF]->() OR (a)<-[:HOLDS_STAKE_IN]-(:Company))
  AND ((a)<-[:SUBSIDIARY_OF]-() OR (a)-[:HOLDS_STAKE_IN]->())
MATCH (a)-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(b:Company)
WHERE b.id >= a.id AND ((type(e) = 'SUBSIDIARY_OF') = (endNode(e).id = a.id) OR a.id = b.id)
  AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH DISTINCT a, b, [a.id, b.id] AS way
WHERE a.id = b.id OR (b)<-[:SUBSIDIARY_OF]-() OR (b)-[:HOLDS_STAKE_IN]->()
OPTIONAL MATCH (b)-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(n:Company)
WHERE $most >= 2 AND a.id <> b.id AND (type(e) = 'SUBSIDIARY_OF') = (endNode(e).id = b.id)
  AND n.id >= a.id AND NOT n.id IN way[1..] AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH DISTINCT a, coalesce(n, b) AS b, way + CASE WHEN n IS NULL THEN [] ELSE [n.id] END AS way,
     n IS NOT NULL OR a.id = b.id AS on
WHERE on AND (a.id = b.id OR (b)<-[:SUBSIDIARY_OF]-() OR (b)-[:HOLDS_STAKE_IN]->())
OPTIONAL MATCH (b)-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(n:Company)
WHERE $most >= 3 AND a.id <> b.id AND (type(e) = 'SUBSIDIARY_OF') = (endNode(e).id = b.id)
  AND n.id >= a.id AND NOT n.id IN way[1..] AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH DISTINCT a, coalesce(n, b) AS b, way + CASE WHEN n IS NULL THEN [] ELSE [n.id] END AS way,
     n IS NOT NULL OR a.id = b.id AS on
WHERE on AND (a.id = b.id OR (b)<-[:SUBSIDIARY_OF]-() OR (b)-[:HOLDS_STAKE_IN]->())
OPTIONAL MATCH (b)-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(n:Company)
WHERE $most >= 4 AND a.id <> b.id AND (type(e) = 'SUBSIDIARY_OF') = (endNode(e).id = b.id)
  AND n.id >= a.id AND NOT n.id IN way[1..] AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH DISTINCT a, coalesce(n, b) AS b, way + CASE WHEN n IS NULL THEN [] ELSE [n.id] END AS way,
     n IS NOT NULL OR a.id = b.id AS on
WHERE on AND (a.id = b.id OR (b)<-[:SUBSIDIARY_OF]-() OR (b)-[:HOLDS_STAKE_IN]->())
OPTIONAL MATCH (b)-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(a)
WHERE $most >= 5 AND a.id <> b.id AND (type(e) = 'SUBSIDIARY_OF') = (endNode(e).id = b.id)
  AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH DISTINCT way + CASE WHEN e IS NULL THEN [] ELSE [a.id] END AS way, e IS NOT NULL OR a.id = b.id AS on
WHERE on
WITH way[..-1] AS ids
UNWIND range(0, size(ids) - 1) AS i
WITH ids, i, ids[i] AS id
MATCH (c:Company {id: id})
WITH ids, i, c
ORDER BY i
WITH ids, collect(c.name) AS names,
     collect(CASE WHEN toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
                    OR any(x IN c.aliases WHERE toLower(x) = toLower($company)) THEN c.id END) AS asked
WHERE $company = '' OR size(asked) > 0
RETURN size(ids) AS length, names AS companies, ids AS company_ids
ORDER BY length, ids
LIMIT $limit
