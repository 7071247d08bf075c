// title: Licensed again after a licence ended
// answers: What went to another licensee after an earlier licence to it had ended, with both licences.
// parameters:
//   subject: string = "" — Name, alias or id of a compound or technology; empty for all.
//   limit: integer = 100 — At most so many pairs of licences.
// columns: subject, subject_id, first_licensor, first_licensee, first_date, ended, status, licensor, licensee, date,
//   first_edge, edge
// example: limit=20

// A licence of 2004 may be later than an end in 2004-06, so it counts. Without the day of the end, later is later begun.
MATCH (a:Company)-[e:LICENSES_TO]->(b:Company)
UNWIND e.subjects AS id
WITH id, collect({licensor: a.name, licensee: b.name, by: b.id, date: e.date, ended: e.valid_to, status: e.status,
                  edge: e.id}) AS licences
WHERE size(licences) > 1
UNWIND licences AS first
WITH id, licences, first
WHERE first.ended IS NOT NULL OR first.status IN ['terminated', 'ended']
UNWIND licences AS later
WITH id, first, later
WHERE later.by <> first.by
  AND CASE WHEN first.ended IS NULL THEN later.date > first.date
           ELSE later.date >= first.ended OR first.ended STARTS WITH later.date END
OPTIONAL MATCH (t:Technology {id: id})
OPTIONAL MATCH (k:Compound {id: id})
WITH id, first, later, coalesce(t.name, k.name) AS name, coalesce(t.aliases, k.aliases) AS aliases
WHERE name IS NOT NULL
  AND ($subject = '' OR toLower(id) = toLower($subject) OR toLower(name) = toLower($subject)
    OR any(x IN aliases WHERE toLower(x) = toLower($subject)))
RETURN name AS subject, id AS subject_id, first.licensor AS first_licensor, first.licensee AS first_licensee,
       first.date AS first_date, first.ended AS ended, first.status AS status, later.licensor AS licensor,
       later.licensee AS licensee, later.date AS date, first.edge AS first_edge, later.edge AS edge
ORDER BY subject_id, coalesce(ended, first_date), date, first_edge, edge
LIMIT $limit
