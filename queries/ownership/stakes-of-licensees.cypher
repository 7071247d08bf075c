// title: Stakes of licensees in their licensors
// answers: Which licensees hold shares of a company that licenses to them, and whether one agreement gave them both.
// parameters:
//   company: string of Company = "" — Only this licensee or licensor: its name, alias or id; empty for all.
//   limit: integer = 100 — At most so many pairs of a stake and a licence.
// columns: licensee, licensor, percent, shares, since, as_of, date, subjects, same_agreement, status, licensee_id,
//   licensor_id, stake, licence
// example: limit=20

MATCH (b:Company)-[h:HOLDS_STAKE_IN]->(a:Company)
WHERE $company = ''
   OR toLower(a.id) = toLower($company) OR toLower(a.name) = toLower($company)
   OR any(x IN a.aliases WHERE toLower(x) = toLower($company))
   OR toLower(b.id) = toLower($company) OR toLower(b.name) = toLower($company)
   OR any(x IN b.aliases WHERE toLower(x) = toLower($company))
MATCH (a)-[e:LICENSES_TO]->(b)
WITH a, b, h, e
ORDER BY b.id, a.id, coalesce(h.as_of, h.valid_from, '9999'), h.id, coalesce(e.date, '9999'), e.id
LIMIT $limit
UNWIND coalesce(e.subjects, [NULL]) AS subject
OPTIONAL MATCH (s:Compound|Technology|Target|Indication {id: subject})
WITH a, b, h, e, s
ORDER BY s.name, s.id
WITH a, b, h, e, collect(s.name) AS subjects
RETURN b.name AS licensee, a.name AS licensor, h.percent AS percent, h.shares AS shares, h.valid_from AS since,
       h.as_of AS as_of, e.date AS date, subjects, coalesce(h.agreement = e.agreement, false) AS same_agreement,
       e.status AS status, b.id AS licensee_id, a.id AS licensor_id, h.id AS stake, e.id AS licence
ORDER BY licensee_id, licensor_id, coalesce(as_of, since, '9999'), stake, coalesce(date, '9999'), licence
