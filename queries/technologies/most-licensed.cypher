// title: Technologies and compounds most licensed
// answers: To which technologies or compounds most companies hold a licence, by how many agreements and when.
// parameters:
//   type: string = "" — Technology or Compound; empty for both.
//   limit: integer = 20 — At most so many.
// columns: subject, subject_id, type, licensees, licences, licensors, first_date, last_date
// example: limit=5

MATCH (a:Company)-[e:LICENSES_TO]->(b:Company)
UNWIND e.subjects AS subject_id
WITH a, b, e, subject_id, split(subject_id, '/')[0] AS kind
WHERE kind IN ['technology', 'compound'] AND ($type = '' OR toLower($type) = kind)
WITH subject_id, count(DISTINCT b.id) AS licensees, count(DISTINCT coalesce(e.agreement, e.id)) AS licences,
     count(DISTINCT a.id) AS licensors, min(e.date) AS first_date, max(e.date) AS last_date
ORDER BY licensees DESC, licences DESC, subject_id
LIMIT $limit
MATCH (s:Technology|Compound {id: subject_id})
RETURN s.name AS subject, subject_id, head(labels(s)) AS type, licensees, licences, licensors, first_date, last_date
ORDER BY licensees DESC, licences DESC, subject_id
