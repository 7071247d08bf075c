// title: Redacted terms
// answers: Which terms are left out of the copy of a contract that was filed, or are not disclosed, and what other
//   passages tell of a term of the same kind.
// parameters:
//   company: string of Company = "" — Only agreements of this party: its name, alias or id; empty for all.
//   state: string = redacted — redacted or undisclosed.
//   limit: integer = 100 — At most so many terms.
// columns: agreement, date, term, told_elsewhere, quote, document, form, filing_date, filing, agreement_id
// example: limit=20

OPTIONAL MATCH (c:Company)
WHERE $company <> '' AND (toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company)))
OPTIONAL MATCH (c)-[:PARTY_TO]->(own:Agreement)
WITH collect(DISTINCT own.id) AS owned
MATCH (t:Term)
WHERE t.state = toLower($state)
MATCH (g:Agreement)-[:HAS_TERM]->(t)
WHERE $company = '' OR g.id IN owned
WITH DISTINCT g, t
ORDER BY g.id, t.kind, t.id
LIMIT $limit
OPTIONAL MATCH (g)-[:HAS_TERM]->(o:Term)
WHERE o.kind = t.kind AND o.state IN ['stated', 'derived']
WITH g, t, o
ORDER BY o.name, o.id
WITH g, t, collect(DISTINCT o.name) AS told
UNWIND t.evidence AS id
MATCH (v:Evidence {id: id})-[:PART_OF]->(d:Document)-[:PART_OF]->(f:Filing)
RETURN g.name AS agreement, coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date, t.kind AS term,
       told AS told_elsewhere, v.quote AS quote, d.type AS document, f.form AS form, f.filing_date AS filing_date,
       f.id AS filing, g.id AS agreement_id
ORDER BY agreement_id, term, t.id, filing, document, v.start, v.id
