// title: Compounds made with a technology
// answers: Which compounds use the technology, and who develops them how far.
// parameters:
//   technology: string of Technology — Name, alias or id of the technology.
// columns: compound, compound_id, modality, developer, developer_id, stage
// example: technology="MoorGrid platform"

MATCH (t:Technology)
WHERE toLower(t.id) = toLower($technology) OR toLower(t.name) = toLower($technology)
   OR any(x IN t.aliases WHERE toLower(x) = toLower($technology))
MATCH (k:Compound)-[:USES_TECHNOLOGY]->(t)
OPTIONAL MATCH (c:Company)-[d:DEVELOPS]->(k)
RETURN DISTINCT k.name AS compound, k.id AS compound_id, k.modality AS modality, c.name AS developer,
       c.id AS developer_id, d.stage AS stage
ORDER BY compound_id, coalesce(developer_id, ''), coalesce(stage, '')
