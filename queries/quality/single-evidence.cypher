// title: Facts with one evidence only
// answers: Which facts rest on a single quotation, the least certain first.
// parameters:
//   limit: integer = 100 — At most so many facts.
// columns: type, source, target, confidence, quote, document, filing, edge
// example: limit=20

MATCH ()-[e]->()
WHERE size(e.evidence) = 1
WITH e.evidence[0] AS id, e.id AS edge, e
WITH id, min(edge) AS first, collect(e) AS edges
MATCH (v:Evidence {id: id})
WITH v, v.confidence AS confidence, first, edges
ORDER BY confidence, first
LIMIT $limit
UNWIND edges AS e
WITH v, confidence, e, e.id AS edge
ORDER BY confidence, edge
LIMIT $limit
MATCH (v)-[:PART_OF]->(d:Document)-[:PART_OF]->(f:Filing)
RETURN type(e) AS type, startNode(e).name AS source, endNode(e).name AS target, confidence, v.quote AS quote,
       d.type AS document, f.id AS filing, edge
ORDER BY confidence, edge
