// title: Evidence of an edge
// answers: The words that state an edge, with the document and filing they stand in.
// parameters:
//   edge: string — Id of the edge, as other questions give it.
// columns: type, source, target, quote, document, start, end, filing, filing_date, rule, confidence, evidence_id
// example: edge=licenses_to/f698e4aef4f2d21b

// An id begins with the type, which is known of an edge before its properties are read.
MATCH (a)-[e]->(b)
WHERE type(e) = toUpper(split($edge, '/')[0]) AND e.id = $edge
UNWIND e.evidence AS id
MATCH (v:Evidence {id: id})-[:PART_OF]->(d:Document)-[:PART_OF]->(f:Filing)
RETURN type(e) AS type, a.name AS source, b.name AS target, v.quote AS quote, d.type AS document, v.start AS start,
       v.end AS end, f.id AS filing, f.filing_date AS filing_date, v.rule AS rule, v.confidence AS confidence,
       v.id AS evidence_id
ORDER BY filing, document, start, end, evidence_id
