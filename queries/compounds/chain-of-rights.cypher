// title: Chain of rights of a compound
// answers: Who licensed the compound to whom, with whom the licensor has it from and to whom the licensee passed it on.
// parameters:
//   compound: string of Compound or Technology — Name, alias or id of the compound; a technology is found too.
// columns: compound, had_from, licensor, licensee, passed_on_to, date, exclusivity, territory, field, status, compound_id,
//   licensor_id, licensee_id, edge
// example: compound="BRC-118"

MATCH (k:Compound|Technology)
WHERE toLower(k.id) = toLower($compound) OR toLower(k.name) = toLower($compound)
   OR any(x IN k.aliases WHERE toLower(x) = toLower($compound))
WITH k.id AS compound_id, k.name AS compound
MATCH (a:Company)-[e:LICENSES_TO]->(b:Company)
WHERE compound_id IN e.subjects
WITH compound_id, compound,
     collect({licensor: a.name, licensor_id: a.id, licensee: b.name, licensee_id: b.id, date: e.date, edge: e.id,
              exclusivity: e.exclusivity, territory: e.territory, field: e.field, status: e.status}) AS licences
UNWIND licences AS one
UNWIND [NULL] + [near IN licences WHERE near.licensee_id = one.licensor_id OR near.licensor_id = one.licensee_id] AS near
WITH compound_id, compound, one, CASE WHEN near.licensee_id = one.licensor_id THEN near.licensor END AS before,
     CASE WHEN near.licensor_id = one.licensee_id THEN near.licensee END AS after
ORDER BY coalesce(before, after)
WITH compound_id, compound, one, collect(DISTINCT before) AS had_from, collect(DISTINCT after) AS passed_on_to
RETURN compound, had_from, one.licensor AS licensor, one.licensee AS licensee, passed_on_to, one.date AS date,
       one.exclusivity AS exclusivity, one.territory AS territory, one.field AS field, one.status AS status,
       compound_id, one.licensor_id AS licensor_id, one.licensee_id AS licensee_id, one.edge AS edge
ORDER BY compound_id, size(had_from), coalesce(date, '9999'), edge
