// title: Co-licensees of a company
// answers: Who else holds a licence to what the company has licensed in.
// parameters:
//   company: string — Name, alias or id of the company.
// columns: co_licensee, co_licensee_id, subject, subject_id, licensor, date
// example: company="Brindlecove Medicines, Inc."

MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
MATCH (:Company)-[own:LICENSES_TO]->(c)
UNWIND own.subjects AS subject
WITH DISTINCT c.id AS company_id, subject
MATCH (s:Technology|Compound|Target|Indication {id: subject})<-[:COVERS]-(g:Agreement)<-[:PARTY_TO]-(b:Company)
WHERE b.id <> company_id
MATCH (a:Company)-[e:LICENSES_TO]->(b)
WHERE e.agreement = g.id AND subject IN e.subjects
RETURN DISTINCT b.name AS co_licensee, b.id AS co_licensee_id, s.name AS subject, s.id AS subject_id,
       a.name AS licensor, e.date AS date
ORDER BY subject_id, co_licensee_id, coalesce(date, '9999'), licensor
