// title: Shortest paths between two companies
// answers: How two companies are joined over deals, stakes, subsidiaries and former names, by every shortest way.
// parameters:
//   company: string of Company — Name, alias or id of the one company.
//   other: string of Company — Name, alias or id of the other company.
//   limit: integer = 20 — At most so many paths.
// columns: steps, companies, relations, edges
// example: company="Quillmere Therapeutics, Inc." other="Brindlecove Medicines, Inc."

MATCH (a:Company)
WHERE toLower(a.id) = toLower($company) OR toLower(a.name) = toLower($company)
   OR any(x IN a.aliases WHERE toLower(x) = toLower($company))
MATCH (b:Company)
WHERE b.id <> a.id
  AND (toLower(b.id) = toLower($other) OR toLower(b.name) = toLower($other)
    OR any(x IN b.aliases WHERE toLower(x) = toLower($other)))
MATCH path = allShortestPaths(
  (a)-[:LICENSES_TO|COLLABORATES_WITH|SUPPLIES_TO|ACQUIRES|HOLDS_STAKE_IN|SUBSIDIARY_OF|FORMERLY_NAMED*..8]-(b)
)
WITH path, reduce(key = '', e IN relationships(path) | key + e.id + ' ') AS key
RETURN length(path) AS steps, [n IN nodes(path) | n.name] AS companies,
       [e IN relationships(path) | type(e)] AS relations, [e IN relationships(path) | e.id] AS edges
ORDER BY steps, key
LIMIT $limit
