// title: Facts by who read them
// answers: Which extractors read each fact, so that one sees where the rules and a language model agree,
//   what only one of them read, and how sure the surest piece of evidence is.
// parameters:
//   only: string = "" — One reader whose facts to list, those that nobody else read, as in llm or rules; "" for all.
//   types: strings = "LICENSES_TO;COLLABORATES_WITH;SUPPLIES_TO;ACQUIRES;OWNS" — Types of facts; empty for all, slowly.
//   limit: integer = 100 — At most so many facts.
// columns: type, source, target, read_by, confidence, edge
// example: limit=20

// Facts of the same quotations go together: there are many more of them, so ids are read of the last few only.
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
WHERE e.evidence IS NOT NULL
WITH e.evidence AS ids, collect(e) AS edges
WITH edges, ids, reduce(key = '', id IN ids | key + id + ' ') AS key
UNWIND ids AS id
MATCH (v:Evidence {id: id})
WITH key, head(collect(edges)) AS edges, collect(DISTINCT split(v.extractor, '/')[0]) AS read_by,
     max(v.confidence) AS confidence
WHERE $only = '' OR read_by = [$only]
WITH key, edges, read_by, confidence
ORDER BY confidence, key
LIMIT $limit
UNWIND read_by AS reader
WITH key, edges, reader, confidence
ORDER BY reader
WITH key, edges, collect(reader) AS read_by, confidence
UNWIND edges AS e
WITH key, e, e.id AS edge, read_by, confidence
ORDER BY confidence, key, edge
LIMIT $limit
RETURN type(e) AS type, startNode(e).name AS source, endNode(e).name AS target, read_by, confidence, edge
ORDER BY confidence, key, edge
