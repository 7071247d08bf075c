// title: Makers that share a target
// answers: Who develops other compounds against the targets of the company's compounds.
// parameters:
//   company: string of Company — Name, alias or id of the company.
//   limit: integer = 100 — At most so many rows.
// columns: rival, rival_id, target, compound, stage, own_compounds, target_id, compound_id
// example: company="Tarnwick Biologics Ltd."

MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
MATCH (c)-[:DEVELOPS]->(k:Compound)-[:TARGETS]->(t:Target)
WITH DISTINCT c.id AS own_id, t.id AS target_id, t.name AS target, k.id AS compound_id, k.name AS own
ORDER BY own
WITH own_id, target_id, target, collect(compound_id) AS own_ids, collect(own) AS own_compounds
MATCH (t:Target {id: target_id})<-[:TARGETS]-(l:Compound)<-[d:DEVELOPS]-(o:Company)
WHERE o.id <> own_id AND NOT l.id IN own_ids
RETURN DISTINCT o.name AS rival, o.id AS rival_id, target, l.name AS compound, d.stage AS stage, own_compounds, target_id,
       l.id AS compound_id
ORDER BY rival_id, target_id, compound_id, coalesce(stage, '')
LIMIT $limit
