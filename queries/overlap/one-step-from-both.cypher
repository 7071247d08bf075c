// title: One step from both
// answers: What is joined both to the one and to the other of two companies, technologies or compounds, and how: by an
//   edge, or as a party or subject of an agreement with it.
// parameters:
//   one: string of Company or Technology or Compound — Name, alias or id of a company, technology or compound.
//   other: string of Company or Technology or Compound — Name, alias or id of another.
//   limit: integer = 100 — At most so many.
// columns: type, name, id, to_one, to_other
// example: one="Quillmere Therapeutics, Inc." other="Kestrelmoor Bio, Inc."

MATCH (a:Company|Technology|Compound)
WHERE toLower(a.id) = toLower($one) OR toLower(a.name) = toLower($one)
   OR any(x IN a.aliases WHERE toLower(x) = toLower($one))
MATCH (b:Company|Technology|Compound)
WHERE b.id <> a.id
  AND (toLower(b.id) = toLower($other) OR toLower(b.name) = toLower($other)
    OR any(x IN b.aliases WHERE toLower(x) = toLower($other)))
WITH
     [(a)-[e:LICENSES_TO|COLLABORATES_WITH|SUPPLIES_TO|ACQUIRES|HOLDS_STAKE_IN|SUBSIDIARY_OF|FORMERLY_NAMED|OWNS|DEVELOPS|
             USES_TECHNOLOGY|TARGETS|TREATS]-(x) | {node: x, one: type(e)}] +
     [(a)<-[:COVERS]-(:Agreement)<-[r:PARTY_TO]-(x) | {node: x, one: r.role}] +
     [(a)-[r:PARTY_TO]->(:Agreement)-[:COVERS]->(x) | {node: x, one: r.role}] +
     [(b)-[e:LICENSES_TO|COLLABORATES_WITH|SUPPLIES_TO|ACQUIRES|HOLDS_STAKE_IN|SUBSIDIARY_OF|FORMERLY_NAMED|OWNS|DEVELOPS|
             USES_TECHNOLOGY|TARGETS|TREATS]-(x) | {node: x, two: type(e)}] +
     [(b)<-[:COVERS]-(:Agreement)<-[r:PARTY_TO]-(x) | {node: x, two: r.role}] +
     [(b)-[r:PARTY_TO]->(:Agreement)-[:COVERS]->(x) | {node: x, two: r.role}] AS near
UNWIND near AS n
WITH n.node.id AS id, n.node.name AS name, head(labels(n.node)) AS type, n.one AS one, n.two AS two
WITH DISTINCT id, name, type, one, two
ORDER BY coalesce(one, two)
WITH id, name, type, collect(DISTINCT one) AS to_one, collect(DISTINCT two) AS to_other
WHERE size(to_one) > 0 AND size(to_other) > 0
RETURN type, name, id, to_one, to_other
ORDER BY type, id
LIMIT $limit
