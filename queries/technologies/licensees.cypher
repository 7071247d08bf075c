// title: Licensees of a technology
// answers: Who holds a licence to the technology, from whom, and on which terms.
// parameters:
//   technology: string of Technology or Compound — Name, alias or id of the technology; a compound is found too.
// columns: licensee, licensee_id, licensor, subject, date, exclusivity, field, status, edge
// example: technology="MoorGrid platform"

MATCH (t:Technology|Compound)
WHERE toLower(t.id) = toLower($technology) OR toLower(t.name) = toLower($technology)
   OR any(x IN t.aliases WHERE toLower(x) = toLower($technology))
WITH t.id AS subject_id, t.name AS subject
MATCH (a:Company)-[e:LICENSES_TO]->(b:Company)
WHERE subject_id IN e.subjects
RETURN b.name AS licensee, b.id AS licensee_id, a.name AS licensor, subject, e.date AS date,
       e.exclusivity AS exclusivity, e.field AS field, e.status AS status, e.id AS edge
ORDER BY licensee_id, coalesce(date, '9999'), edge
