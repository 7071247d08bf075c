// title: Press release against contract
// answers: Which terms an exhibit 99 (press releases) and an exhibit 10, 2 or 4 (contracts) tell differently: another
//   sum, another rate, another value, or that it is redacted; wording, and how exact a date is, do not count.
// parameters:
//   company: string of Company = "" — Only agreements of this party: its name, alias or id; empty for all.
//   limit: integer = 100 — At most so many terms.
// columns: agreement, term, release, contract, releases, contracts, agreement_id
// example: limit=20

OPTIONAL MATCH (c:Company)
WHERE $company <> '' AND (toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company)))
OPTIONAL MATCH (c)-[:PARTY_TO]->(own:Agreement)
WITH collect(DISTINCT own.id) AS owned
MATCH (g:Agreement)-[:HAS_TERM]->(t:Term)
WHERE $company = '' OR g.id IN owned
// The key holds what can be compared of a term, and is empty where there are only words.
WITH g.id AS agreement_id, g.name AS agreement, t.kind AS term, t.name AS name, t.evidence AS evidence,
     CASE WHEN t.state IN ['redacted', 'undisclosed'] THEN t.state
          WHEN t.amount IS NOT NULL THEN coalesce(t.currency, '') + ' ' + toString(t.amount)
          WHEN coalesce(t.percent_low, t.percent_high) IS NOT NULL
          THEN toString(coalesce(t.percent_low, t.percent_high)) + ' to '
             + toString(coalesce(t.percent_high, t.percent_low))
          WHEN t.kind = 'territory' THEN replace(replace(toLower(t.value), 'the ', ''), 'global', 'worldwide')
          WHEN t.kind ENDS WITH ' date' OR t.kind IN ['exclusivity', 'sublicensing', 'governing law']
          THEN toLower(t.value) END AS key
WHERE key IS NOT NULL
WITH agreement_id, agreement, term, collect({key: key, name: name, evidence: evidence}) AS told,
     count(DISTINCT key) AS keys
WHERE keys > 1
UNWIND told AS one
UNWIND one.evidence AS id
MATCH (v:Evidence {id: id})-[:PART_OF]->(d:Document)
WITH agreement_id, agreement, term, one.key AS key, one.name AS name, d.id AS document, split(d.type, '.')[0] AS exhibit
WHERE exhibit IN ['EX-99', 'EX-10', 'EX-2', 'EX-4']
WITH agreement_id, agreement, term, key, name, document, exhibit = 'EX-99' AS release
ORDER BY name, document
WITH agreement_id, agreement, term,
     collect(DISTINCT CASE WHEN release THEN key END) AS ours,
     collect(DISTINCT CASE WHEN NOT release THEN key END) AS theirs,
     collect(DISTINCT CASE WHEN release THEN name END) AS release,
     collect(DISTINCT CASE WHEN NOT release THEN name END) AS contract,
     collect(DISTINCT CASE WHEN release THEN document END) AS releases,
     collect(DISTINCT CASE WHEN NOT release THEN document END) AS contracts
WHERE size(ours) > 0 AND size(theirs) > 0
  AND any(sides IN [[ours, theirs], [theirs, ours]] WHERE any(a IN sides[0] WHERE none(b IN sides[1] WHERE a = b
          OR term ENDS WITH ' date' AND (a STARTS WITH b OR b STARTS WITH a))))
RETURN agreement, term, release, contract, releases, contracts, agreement_id
ORDER BY agreement_id, term
LIMIT $limit
