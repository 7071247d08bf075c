// title: Facts with one evidence only
// answers: Which facts rest on a single quotation, the least certain first.
// parameters:
//   types: strings = "LICENSES_TO;COLLABORATES_WITH;SUPPLIES_TO;ACQUIRES;OWNS" — Types of facts; empty for all, slowly.
//   limit: integer = 100 — At most so many facts.
// columns: type, source, target, confidence, quote, document, filing, edge
// example: limit=20

// Facts of one quotation go together: there are many more of them than quotations, so ids are read of the last few only.
CALL () {
  MATCH ()-[e:LICENSES_TO|COLLABORATES_WITH|SUPPLIES_TO|ACQUIRES|OWNS]->()
  WHERE type(e) IN $types
  RETURN e
  UNION ALL
  WITH [t IN $types WHERE NOT t IN ['LICENSES_TO', 'COLLABORATES_WITH', 'SUPPLIES_TO', 'ACQUIRES', 'OWNS']] AS others
  WHERE size(others) > 0 OR size($types) = 0
  MATCH ()-[e]->()
  WHERE type(e) IN others OR size($types) = 0
  RETURN e
}
WITH e
WHERE size(e.evidence) = 1
WITH e.evidence[0] AS id, collect(e) AS edges
MATCH (v:Evidence {id: id})
WITH v, v.confidence AS confidence, id, edges
ORDER BY confidence, id
LIMIT $limit
UNWIND edges AS e
WITH v, confidence, id, e, e.id AS edge
ORDER BY confidence, id, edge
LIMIT $limit
MATCH (v)-[:PART_OF]->(d:Document)-[:PART_OF]->(f:Filing)
RETURN type(e) AS type, startNode(e).name AS source, endNode(e).name AS target, confidence, v.quote AS quote,
       d.type AS document, f.id AS filing, edge
ORDER BY confidence, v.id, edge
