// title: Licensed again after a licence ended
// answers: What went to another licensee after an earlier licence to it had ended, with both licences.
// parameters:
//   subject: string of Compound or Technology = "" — Name, alias or id of a compound or technology; empty for all.
//   limit: integer = 100 — At most so many pairs of licences.
// columns: subject, subject_id, first_licensor, first_licensee, first_date, ended, status, licensor, licensee, date,
//   first_edge, edge
// example: limit=20

// A licence of 2004 may be later than an end in 2004-06, so it counts. Without the day of the end, later is later begun.
OPTIONAL MATCH (s:Technology|Compound)
WHERE $subject <> '' AND (toLower(s.id) = toLower($subject) OR toLower(s.name) = toLower($subject)
   OR any(x IN s.aliases WHERE toLower(x) = toLower($subject)))
WITH collect(s.id) AS asked
MATCH (a:Company)-[e:LICENSES_TO]->(b:Company)
UNWIND [x IN e.subjects WHERE split(x, '/')[0] IN ['technology', 'compound'] AND ($subject = '' OR x IN asked)] AS id
WITH id, collect({licensor: a.name, licensee: b.name, by: b.id, date: e.date, ended: e.valid_to, status: e.status,
                  edge: e.id}) AS licences
WHERE size(licences) > 1
UNWIND [x IN licences WHERE x.ended IS NOT NULL OR x.status IN ['terminated', 'ended']] AS first
WITH id, first, licences
WHERE any(later IN licences WHERE later.by <> first.by
    AND CASE WHEN first.ended IS NULL THEN later.date > first.date
             ELSE later.date >= first.ended OR first.ended STARTS WITH later.date END)
WITH id, first, licences
ORDER BY id, coalesce(first.ended, first.date), first.edge
LIMIT $limit
MATCH (s:Technology|Compound {id: id})
WITH id, s.name AS name, first, licences
UNWIND licences AS later
WITH id, name, first, later
WHERE later.by <> first.by
  AND CASE WHEN first.ended IS NULL THEN later.date > first.date
           ELSE later.date >= first.ended OR first.ended STARTS WITH later.date END
RETURN name AS subject, id AS subject_id, first.licensor AS first_licensor, first.licensee AS first_licensee,
       first.date AS first_date, first.ended AS ended, first.status AS status, later.licensor AS licensor,
       later.licensee AS licensee, later.date AS date, first.edge AS first_edge, later.edge AS edge
ORDER BY subject_id, coalesce(ended, first_date), first_edge, date, edge
LIMIT $limit
