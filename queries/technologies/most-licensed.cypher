// title: Technologies and compounds most licensed
// answers: To which technologies or compounds most companies hold a licence, by how many agreements and when.
// parameters:
//   type: string = "" — Technology or Compound; empty for both.
//   limit: integer = 20 — At most so many.
// columns: subject, subject_id, type, licensees, licences, licensors, first_date, last_date
// example: limit=5

MATCH (a:Company)-[e:LICENSES_TO]->(b:Company)
UNWIND e.subjects AS subject_id
WITH subject_id, count(DISTINCT b.id) AS licensees, count(DISTINCT coalesce(e.agreement, e.id)) AS licences,
     count(DISTINCT a.id) AS licensors, min(e.date) AS first_date, max(e.date) AS last_date
OPTIONAL MATCH (t:Technology {id: subject_id})
OPTIONAL MATCH (k:Compound {id: subject_id})
WITH subject_id, licensees, licences, licensors, first_date, last_date, coalesce(t.name, k.name) AS subject,
     CASE WHEN t IS NULL THEN 'Compound' ELSE 'Technology' END AS type
WHERE subject IS NOT NULL AND ($type = '' OR toLower($type) = toLower(type))
RETURN subject, subject_id, type, licensees, licences, licensors, first_date, last_date
ORDER BY licensees DESC, licences DESC, subject_id
LIMIT $limit
