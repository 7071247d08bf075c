// title: Terms of an agreement
// answers: What the agreement provides, term by term, each with its state and the words that state it.
// parameters:
//   agreement: string of Agreement — Id, name or title of the agreement, as `deals` gives it.
// columns: agreement_id, kind, state, value, amount, currency, quote, document, filing
// example: agreement="Commercial Supply Agreement"

MATCH (g:Agreement)
WHERE toLower(g.id) = toLower($agreement) OR toLower(g.name) = toLower($agreement)
   OR toLower(g.title) = toLower($agreement)
MATCH (g)-[:HAS_TERM]->(t:Term)
UNWIND t.evidence AS id
MATCH (v:Evidence {id: id})-[:PART_OF]->(d:Document)-[:PART_OF]->(f:Filing)
RETURN g.id AS agreement_id, t.kind AS kind, t.state AS state, t.value AS value, t.amount AS amount,
       t.currency AS currency, v.quote AS quote, d.type AS document, f.id AS filing
ORDER BY agreement_id, kind, t.id, filing, document, v.start, v.id
