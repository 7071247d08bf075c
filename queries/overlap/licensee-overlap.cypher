// title: Licensees that two technologies share
// answers: How many companies hold licences to each of two technologies or compounds, how many to both and which, and
//   the Jaccard index of the two sets.
// parameters:
//   technology: string of Technology or Compound — Name, alias or id of the one technology or compound.
//   other: string of Technology or Compound — Name, alias or id of the other technology or compound.
// columns: technology, other, licensees, other_licensees, shared, together, jaccard, companies, technology_id, other_id
// example: technology="QuillLatch linker technology" other="BRC-118"

MATCH (t:Technology|Compound)
WHERE toLower(t.id) = toLower($technology) OR toLower(t.name) = toLower($technology)
   OR any(x IN t.aliases WHERE toLower(x) = toLower($technology))
MATCH (u:Technology|Compound)
WHERE u.id <> t.id
  AND (toLower(u.id) = toLower($other) OR toLower(u.name) = toLower($other)
    OR any(x IN u.aliases WHERE toLower(x) = toLower($other)))
WITH t.id AS technology_id, t.name AS technology, u.id AS other_id, u.name AS other
MATCH (:Company)-[e:LICENSES_TO]->(c:Company)
WHERE technology_id IN e.subjects OR other_id IN e.subjects
WITH technology_id, technology, other_id, other, c.id AS id, c.name AS name,
     max(CASE WHEN technology_id IN e.subjects THEN 1 ELSE 0 END) AS one,
     max(CASE WHEN other_id IN e.subjects THEN 1 ELSE 0 END) AS two
ORDER BY name, id
WITH technology_id, technology, other_id, other, sum(one) AS licensees, sum(two) AS other_licensees,
     count(*) AS together, collect(CASE WHEN one + two = 2 THEN name END) AS companies
WITH technology_id, technology, other_id, other, licensees, other_licensees, together, companies,
     licensees + other_licensees - together AS shared
RETURN technology, other, licensees, other_licensees, shared, together, 1.0 * shared / together AS jaccard, companies,
       technology_id, other_id
ORDER BY technology_id, other_id
