// title: Licensees of a technology over time
// answers: Who took their first licence to the technology in which year, and how many had one by then; licensees whose
//   licence has no date come last.
// parameters:
//   technology: string of Technology or Compound — Name, alias or id of the technology; a compound is found too.
// columns: technology, technology_id, year, licensees, so_far
// example: technology="QuillLatch linker technology"

MATCH (t:Technology|Compound)
WHERE toLower(t.id) = toLower($technology) OR toLower(t.name) = toLower($technology)
   OR any(x IN t.aliases WHERE toLower(x) = toLower($technology))
WITH t.id AS technology_id, t.name AS technology
MATCH (:Company)-[e:LICENSES_TO]->(b:Company)
WHERE technology_id IN e.subjects
WITH technology_id, technology, b.id AS licensee_id, b.name AS licensee, min(e.date) AS date
WITH technology_id, technology, substring(date, 0, 4) AS year, licensee
ORDER BY licensee
WITH technology_id, technology, year, collect(licensee) AS licensees
WITH technology_id, technology, collect({year: year, licensees: licensees}) AS years
UNWIND years AS one
RETURN technology, technology_id, one.year AS year, one.licensees AS licensees,
       reduce(n = 0, y IN years | CASE WHEN one.year IS NULL OR y.year <= one.year THEN n + size(y.licensees) ELSE n END)
         AS so_far
ORDER BY technology_id, coalesce(year, '9999')
