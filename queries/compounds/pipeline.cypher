// title: Pipeline of a company
// answers: Which compounds the company develops, how far they are, for what and with which technology.
// parameters:
//   company: string of Company — Name, alias or id of the company.
// columns: compound, compound_id, modality, stage, as_of, targets, indications, technologies
// example: company="Ostravane Pharma AG"

MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
MATCH (c)-[d:DEVELOPS]->(k:Compound)
OPTIONAL MATCH (k)-[:TARGETS]->(a:Target)
WITH k, d, a
ORDER BY a.name
WITH k, d, collect(DISTINCT a.name) AS targets
OPTIONAL MATCH (k)-[:TREATS]->(i:Indication)
WITH k, d, targets, i
ORDER BY i.name
WITH k, d, targets, collect(DISTINCT i.name) AS indications
OPTIONAL MATCH (k)-[:USES_TECHNOLOGY]->(t:Technology)
WITH k, d, targets, indications, t
ORDER BY t.name
WITH k, d, targets, indications, collect(DISTINCT t.name) AS technologies
RETURN k.name AS compound, k.id AS compound_id, k.modality AS modality, d.stage AS stage, d.as_of AS as_of,
       targets, indications, technologies
ORDER BY compound_id, coalesce(as_of, ''), coalesce(stage, '')
