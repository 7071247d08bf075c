// title: Bridges between two companies
// answers: Through which companies two companies are joined, each with the edges to the one and to the other.
// parameters:
//   company: string — Name, alias or id of the one company.
//   other: string — Name, alias or id of the other company.
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
MATCH (a)-[e:LICENSES_TO|COLLABORATES_WITH|SUPPLIES_TO|ACQUIRES|HOLDS_STAKE_IN|SUBSIDIARY_OF|FORMERLY_NAMED]-(x:Company)
WHERE x.id <> a.id AND x.id <> b.id
WITH b, x, e
ORDER BY e.id
WITH b, x, collect(DISTINCT e.id) AS company_edges, collect(DISTINCT type(e)) AS to_company
MATCH (x)-[f:LICENSES_TO|COLLABORATES_WITH|SUPPLIES_TO|ACQUIRES|HOLDS_STAKE_IN|SUBSIDIARY_OF|FORMERLY_NAMED]-(b)
WITH x.id AS bridge_id, x.name AS bridge, company_edges, to_company, f
ORDER BY f.id
WITH bridge_id, bridge, company_edges, to_company, collect(DISTINCT f.id) AS other_edges,
     collect(DISTINCT type(f)) AS to_other
RETURN bridge, bridge_id, to_company, to_other, company_edges, other_edges
ORDER BY size(company_edges) + size(other_edges) DESC, bridge_id
LIMIT $limit
