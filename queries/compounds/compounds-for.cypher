// title: Compounds by target and indication
// answers: Which compounds act on a target or treat an indication, and who develops or owns each of them, how far.
// parameters:
//   goal: string of Target or Indication = "" — Name, alias or id of a target or indication; empty for all.
//   limit: integer = 100 — At most so many rows.
// columns: goal, relation, compound, modality, company, role, stage, as_of, goal_id, compound_id, company_id
// example: goal="ovarian cancer"

MATCH (k:Compound)-[r:TARGETS|TREATS]->(x:Target|Indication)
WHERE $goal = '' OR toLower(x.id) = toLower($goal) OR toLower(x.name) = toLower($goal)
   OR any(y IN x.aliases WHERE toLower(y) = toLower($goal))
WITH DISTINCT x.id AS goal_id, x.name AS goal, type(r) AS relation, k.id AS compound_id
ORDER BY goal_id, compound_id
LIMIT $limit
MATCH (k:Compound {id: compound_id})
OPTIONAL MATCH (c:Company)-[d:DEVELOPS|OWNS]->(k)
RETURN goal, relation, k.name AS compound, k.modality AS modality, c.name AS company, type(d) AS role,
       d.stage AS stage, d.as_of AS as_of, goal_id, compound_id, c.id AS company_id
ORDER BY goal_id, compound_id, coalesce(company_id, ''), role, coalesce(as_of, ''), coalesce(stage, '')
LIMIT $limit
