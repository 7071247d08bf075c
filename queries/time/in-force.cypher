// title: What is in force for a company on a day
// answers: Which agreements, parents, subsidiaries and stakes of the company are not certainly over or still to come on
//   the day, and which of them certainly are in force.
// parameters:
//   company: string of Company — Name, alias or id of the company.
//   day: string — The day, as in 2021-06-30; 2021 is the end of 2021.
// columns: relation, name, since, until, certain, status, parties, subjects, as_of, id, edge
// example: company="Quillmere Therapeutics, Inc." day=2020-06-30

// What ended in 2021 was perhaps in force until the last of December; what nothing dates stays.
MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
MATCH (c)-[e:PARTY_TO|HOLDS_STAKE_IN|SUBSIDIARY_OF]-(x)
WITH c, e, x, x.status AS status, coalesce(x.last_filed, e.last_filed) AS last_filed,
     $day + substring('0000-12-31', size($day)) AS day
WHERE coalesce(e.valid_from <= day, true)
  AND NOT CASE WHEN e.valid_to > day THEN false
               WHEN e.valid_to + substring('0000-12-31', size(e.valid_to)) <= day THEN true
               ELSE coalesce(status IN ['terminated', 'ended']
                             AND last_filed + substring('0000-12-31', size(last_filed)) <= day, false) END
WITH c, e, x, status,
     coalesce(e.valid_to > day AND e.valid_from + substring('0000-12-31', size(e.valid_from)) <= day, false) AS certain,
     CASE type(e) WHEN 'PARTY_TO' THEN e.role
                  WHEN 'SUBSIDIARY_OF' THEN CASE startNode(e).id WHEN c.id THEN 'parent' ELSE 'subsidiary' END
                  ELSE CASE startNode(e).id WHEN c.id THEN 'stake' ELSE 'shareholder' END END AS relation
OPTIONAL MATCH (x)<-[:PARTY_TO]-(p)
WHERE p.id <> c.id
WITH e, x, status, certain, relation, p
ORDER BY p.name, p.id
WITH e, x, status, certain, relation, collect(DISTINCT p.name) AS parties
OPTIONAL MATCH (x)-[:COVERS]->(s)
WITH e, x, status, certain, relation, parties, s
ORDER BY s.name, s.id
WITH e, x, status, certain, relation, parties, collect(DISTINCT s.name) AS subjects
RETURN relation, x.name AS name, e.valid_from AS since, e.valid_to AS until, certain, status, parties, subjects,
       e.as_of AS as_of, x.id AS id, e.id AS edge
ORDER BY coalesce(since, '9999'), id, edge
