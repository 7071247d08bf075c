// title: Bridges between two companies
// answers: Through which companies two companies are joined, each with the edges to the one and to the other.
// parameters:
//   company: string of Company — Name, alias or id of the one company.
//   other: string of Company — Name, alias or id of the other company.
//   limit: integer = 50 — At most so many bridges, those with the most edges first.
// columns: bridge, bridge_id, to_company, to_other, company_edges, other_edges
// example: company="Quillmere Therapeutics, Inc." other="Akebonara Yakuhin K.K."

MATCH (a:Company)
WHERE toLower(a.id) = toLower($company) OR toLower(a.name) = toLower($company)
   OR any(x IN a.aliases WHERE toLower(x) = toLower($company))
MATCH (b:Company)
WHERE b.id <> a.id
  AND (toLower(b.id) = toLower($other) OR toLower(b.name) = toLower($other)
    OR any(x IN b.aliases WHERE toLower(x) = toLower($other)))
WITH a.id AS a_id, b.id AS b_id,
     [(a)-[e:LICENSES_TO|COLLABORATES_WITH|SUPPLIES_TO|ACQUIRES|HOLDS_STAKE_IN|SUBSIDIARY_OF|FORMERLY_NAMED]-(x:Company) |
       {node: x, one: e.id, how: type(e)}] +
     [(b)-[e:LICENSES_TO|COLLABORATES_WITH|SUPPLIES_TO|ACQUIRES|HOLDS_STAKE_IN|SUBSIDIARY_OF|FORMERLY_NAMED]-(x:Company) |
       {node: x, two: e.id, how: type(e)}] AS near
UNWIND near AS n
WITH a_id, b_id, n.node.id AS bridge_id, n.node.name AS bridge, n.one AS one, n.two AS two, n.how AS how
WHERE bridge_id <> a_id AND bridge_id <> b_id
WITH bridge_id, bridge, one, two, how
ORDER BY coalesce(one, two)
WITH bridge_id, bridge, collect(DISTINCT one) AS company_edges, collect(DISTINCT two) AS other_edges,
     collect(DISTINCT CASE WHEN one IS NOT NULL THEN how END) AS to_company,
     collect(DISTINCT CASE WHEN two IS NOT NULL THEN how END) AS to_other
WHERE size(company_edges) > 0 AND size(other_edges) > 0
RETURN bridge, bridge_id, to_company, to_other, company_edges, other_edges
ORDER BY size(company_edges) + size(other_edges) DESC, bridge_id
LIMIT $limit
