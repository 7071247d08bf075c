// title: Exclusive grants that overlap
// answers: Which exclusive licences to one subject went to two licensees for territories that overlap, neither having
//   certainly ended before the other began, and whether one passes on what the other grants.
// parameters:
//   subject: string of Compound or Technology or Target or Indication = "" — Name, alias or id of the subject; empty for all.
//   unstated: boolean = false — Take a licence of which no words tell the territory for a worldwide one.
//   limit: integer = 100 — At most so many pairs.
// columns: subject, licensor, licensee, territory, field, date, ends, other_licensor, other_licensee, other_territory,
//   other_field, other_date, other_ends, relation, subject_id, edge, other_edge
// example: unstated=true

// Territories overlap if one is worldwide, or the words of a place of the one stand in the other: Korea in South Korea,
// China in Greater China, but not Germany in Europe. What a territory leaves out is left out.
MATCH (a:Company)-[e:LICENSES_TO]->(b:Company)
WHERE e.exclusivity = 'exclusive' AND ($unstated OR e.territory IS NOT NULL)
  AND (e.valid_to IS NOT NULL OR NOT coalesce(e.status IN ['terminated', 'ended'], false))
UNWIND e.subjects AS subject_id
WITH subject_id, collect({edge: e, licensor: a, licensee: b}) AS grants
WHERE size(grants) > 1
OPTIONAL MATCH (k:Compound {id: subject_id})
OPTIONAL MATCH (t:Technology {id: subject_id})
OPTIONAL MATCH (x:Target {id: subject_id})
OPTIONAL MATCH (i:Indication {id: subject_id})
WITH coalesce(k, t, x, i) AS s, grants
WHERE $subject = '' OR toLower(s.id) = toLower($subject) OR toLower(s.name) = toLower($subject)
   OR any(x IN s.aliases WHERE toLower(x) = toLower($subject))
UNWIND grants AS grant
WITH s, grant.edge AS e, grant.licensor AS a, grant.licensee AS b, coalesce(grant.edge.agreement, '') AS agreement
OPTIONAL MATCH (g:Agreement {id: agreement})
WITH s, a, b, e, coalesce(replace(toLower(g.territory_excluded), 'the ', ''), '') AS excluded,
     replace(replace(coalesce(toLower(e.territory), 'worldwide'), 'the ', ''), ' and ', ', ') AS area
WITH s, a, b, e, excluded,
     split(replace(replace(replace(area, ' except', '|'), ' exclud', '|'), 'outside', 'worldwide|'), '|') AS halves
WITH s, a, b, e, excluded + ' ' + coalesce(halves[1], '') AS excluded,
     [x IN split(halves[0], ',') WHERE trim(x) <> '' | trim(x)] AS places
WITH s, a, b, e, places, excluded
ORDER BY e.id
WITH s, collect({e: e, id: e.id, a: a.name, b: b.name, a_id: a.id, b_id: b.id, places: places, excluded: excluded,
                 whole: any(x IN places WHERE x STARTS WITH 'world' OR x STARTS WITH 'global'),
                 begins: e.valid_from + substring('0000-01-01', size(e.valid_from)),
                 ends: e.valid_to + substring('0000-12-31', size(e.valid_to))}) AS grants
UNWIND range(0, size(grants) - 2) AS i
WITH s, grants[i] AS m, grants[i + 1..] AS later
WITH s, m, [n IN later WHERE m.b_id <> n.b_id
            AND NOT coalesce(m.ends <= n.begins, false) AND NOT coalesce(n.ends <= m.begins, false)
            AND any(p IN m.places WHERE any(q IN n.places WHERE (m.whole OR n.whole OR p CONTAINS q OR q CONTAINS p)
                    AND (n.whole OR NOT m.excluded CONTAINS q) AND (m.whole OR NOT n.excluded CONTAINS p)))] AS others
WHERE size(others) > 0
WITH s, m, others
ORDER BY s.name, s.id, m.id
LIMIT $limit
UNWIND others AS n
WITH s, m, n
ORDER BY s.name, s.id, m.id, n.id
LIMIT $limit
RETURN s.name AS subject, m.a AS licensor, m.b AS licensee, m.e.territory AS territory, m.e.field AS field,
       m.e.date AS date, m.e.valid_to AS ends, n.a AS other_licensor, n.b AS other_licensee,
       n.e.territory AS other_territory, n.e.field AS other_field, n.e.date AS other_date, n.e.valid_to AS other_ends,
       CASE WHEN m.a_id = n.a_id THEN 'same licensor' WHEN m.b_id = n.a_id OR n.b_id = m.a_id THEN 'passed on'
            ELSE 'other licensor' END AS relation, s.id AS subject_id, m.id AS edge, n.id AS other_edge
ORDER BY subject, subject_id, edge, other_edge
