// title: Co-licensees of a company
// answers: Who else holds a licence to what the company has licensed in.
// parameters:
//   company: string of Company — Name, alias or id of the company.
//   limit: integer = 500 — At most so many rows.
// columns: co_licensee, co_licensee_id, subject, subject_id, licensor, date
// example: company="Brindlecove Medicines, Inc."

MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
MATCH (:Company)-[own:LICENSES_TO]->(c)
UNWIND own.subjects AS subject
WITH c.id AS company_id, collect(DISTINCT subject) AS subjects
MATCH (a:Company)-[e:LICENSES_TO]->(b:Company)
WHERE b.id <> company_id
UNWIND [x IN e.subjects WHERE x IN subjects] AS subject_id
WITH DISTINCT subject_id, b.id AS co_licensee_id, b.name AS co_licensee, a.name AS licensor, e.date AS date
ORDER BY subject_id, co_licensee_id, coalesce(date, '9999'), licensor
LIMIT $limit
WITH subject_id, collect({id: co_licensee_id, name: co_licensee, licensor: licensor, date: date}) AS licences
MATCH (s:Technology|Compound|Target|Indication {id: subject_id})
UNWIND licences AS e
RETURN e.name AS co_licensee, e.id AS co_licensee_id, s.name AS subject, subject_id, e.licensor AS licensor,
       e.date AS date
ORDER BY subject_id, co_licensee_id, coalesce(date, '9999'), licensor
