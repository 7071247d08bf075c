// title: A deal in one row
// answers: Everything that is known of an agreement: its dates, its parties with their roles, its subjects, every term
//   that filings tell, what changes it and what it changes.
// parameters:
//   agreement: string of Agreement — Id, name or title of the agreement; agreements of one title are a row each.
// columns: agreement, kinds, status, agreement_date, effective_date, announced_date, valid_to, parties, subjects,
//   terms, changed_by, changes, conflicts, first_filed, last_filed, agreement_id
// example: agreement="License Agreement"

MATCH (g:Agreement)
WHERE toLower(g.id) = toLower($agreement) OR toLower(g.name) = toLower($agreement)
   OR toLower(g.title) = toLower($agreement)
OPTIONAL MATCH (p)-[r:PARTY_TO]->(g)
UNWIND coalesce(r.roles, [r.role]) AS role
WITH g, p.id AS party, p.name + ' (' + role + ')' AS text
ORDER BY text, party
WITH g, collect(DISTINCT text) AS parties
OPTIONAL MATCH (g)-[:COVERS]->(s)
WITH g, parties, s
ORDER BY s.name, s.id
WITH g, parties, collect(DISTINCT s.name) AS subjects
OPTIONAL MATCH (g)-[:HAS_TERM]->(t:Term)
WITH g, parties, subjects, t.name AS term
ORDER BY term
WITH g, parties, subjects, collect(DISTINCT term) AS terms
OPTIONAL MATCH (x:Agreement)-[e:AMENDS|TERMINATES|EXERCISES|SUPERSEDES]->(g)
WITH g, parties, subjects, terms, e, x,
     coalesce(e.date, x.agreement_date, x.effective_date, x.announced_date, '') AS date
ORDER BY date, x.id
WITH g, parties, subjects, terms,
     collect(DISTINCT trim(toLower(type(e)) + ' ' + date) + ': ' + x.name) AS changed_by
OPTIONAL MATCH (g)-[e:AMENDS|TERMINATES|EXERCISES|SUPERSEDES]->(y:Agreement)
WITH g, parties, subjects, terms, changed_by, e, y
ORDER BY y.name, y.id
WITH g, parties, subjects, terms, changed_by, collect(DISTINCT toLower(type(e)) + ': ' + y.name) AS changes
RETURN g.name AS agreement, g.kinds AS kinds, g.status AS status, g.agreement_date AS agreement_date,
       g.effective_date AS effective_date, g.announced_date AS announced_date, g.valid_to AS valid_to, parties,
       subjects, terms, changed_by, changes, g.conflicts AS conflicts, g.first_filed AS first_filed,
       g.last_filed AS last_filed, g.id AS agreement_id
ORDER BY coalesce(agreement_date, effective_date, announced_date, '9999'), agreement_id
