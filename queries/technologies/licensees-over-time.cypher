// title: Licensees of technologies over time
// answers: Who took their first licence to a technology in which year, and how many had one by then; licensees whose
//   licence has no date come last.
// parameters:
//   technology: string = "" — Name, alias or id of a technology; empty for all.
//   limit: integer = 200 — At most so many years.
// columns: technology, technology_id, year, licensees, so_far
// example: technology="QuillLatch linker technology"

MATCH (:Company)-[e:LICENSES_TO]->(b:Company)
UNWIND e.subjects AS subject
WITH subject, b.id AS licensee_id, b.name AS licensee, min(e.date) AS date
WITH subject, substring(date, 0, 4) AS year, licensee_id, licensee
MATCH (t:Technology {id: subject})
WHERE $technology = '' OR toLower(t.id) = toLower($technology) OR toLower(t.name) = toLower($technology)
   OR any(x IN t.aliases WHERE toLower(x) = toLower($technology))
WITH t.id AS technology_id, t.name AS technology, year, licensee
ORDER BY licensee
WITH technology_id, technology, year, collect(licensee) AS licensees
WITH technology_id, technology, collect({year: year, licensees: licensees}) AS years
UNWIND years AS one
WITH technology, technology_id, one.year AS year, one.licensees AS licensees,
     reduce(n = 0, y IN years | CASE WHEN one.year IS NULL OR y.year <= one.year THEN n + size(y.licensees) ELSE n END)
       AS so_far
RETURN technology, technology_id, year, licensees, so_far
ORDER BY technology_id, coalesce(year, '9999')
LIMIT $limit
