// title: Facts with one evidence only
// answers: Which facts rest on a single quotation, the least certain first.
// parameters:
//   limit: integer = 100 — At most so many facts.
// columns: type, source, target, confidence, quote, document, filing, edge
// example: limit=20

MATCH (a)-[e]->(b)
WHERE size(e.evidence) = 1
MATCH (v:Evidence {id: e.evidence[0]})-[:PART_OF]->(d:Document)-[:PART_OF]->(f:Filing)
RETURN type(e) AS type, a.name AS source, b.name AS target, v.confidence AS confidence, v.quote AS quote,
       d.type AS document, f.id AS filing, e.id AS edge
ORDER BY confidence, edge
LIMIT $limit
