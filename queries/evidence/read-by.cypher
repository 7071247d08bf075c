// title: Facts by who read them
// answers: Which extractors read each fact, so that one sees where the rules and a language model agree,
//   what only one of them read, and how sure the surest piece of evidence is.
// parameters:
//   only: string = "" — One reader whose facts to list, those that nobody else read, as in llm or rules; "" for all.
//   limit: integer = 100 — At most so many facts.
// columns: type, source, target, read_by, confidence, edge
// example: limit=20

MATCH (a)-[e]->(b)
WHERE size(e.evidence) > 0
UNWIND e.evidence AS id
MATCH (v:Evidence {id: id})
WITH e.id AS edge, type(e) AS type, a.name AS source, b.name AS target,
     split(v.extractor, '/')[0] AS reader, max(v.confidence) AS sure
ORDER BY edge, reader
WITH edge, type, source, target, collect(reader) AS read_by, max(sure) AS confidence
WHERE $only = '' OR read_by = [$only]
RETURN type, source, target, read_by, confidence, edge
ORDER BY confidence, edge
LIMIT $limit
