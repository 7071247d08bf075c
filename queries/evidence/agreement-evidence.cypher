// title: Evidence of an agreement
// answers: Every quotation that an agreement rests on, with what it states - the agreement, a party, a subject, a term,
//   a change - and where it stands.
// parameters:
//   agreement: string of Agreement — Id, name or title of the agreement.
// columns: states, what, quote, filing_date, form, document, start, end, page, rule, confidence, url, filing,
//   evidence_id
// example: agreement="License Agreement"

MATCH (g:Agreement)
WHERE toLower(g.id) = toLower($agreement) OR toLower(g.name) = toLower($agreement)
   OR toLower(g.title) = toLower($agreement)
OPTIONAL MATCH (g)-[e:PARTY_TO|COVERS|HAS_TERM|AMENDS|TERMINATES|SUPERSEDES|EXERCISES]-(x)
WITH g, collect({states: CASE WHEN type(e) = 'PARTY_TO' THEN 'party' WHEN type(e) = 'COVERS' THEN 'subject'
                              WHEN type(e) = 'HAS_TERM' THEN 'term' WHEN startNode(e).id = g.id THEN 'changes'
                              ELSE 'changed by' END,
                 what: CASE type(e) WHEN 'PARTY_TO' THEN x.name + ' (' + e.role + ')' ELSE x.name END,
                 evidence: e.evidence}) AS facts
WITH g, facts + [{states: 'agreement', what: g.name, evidence: g.evidence}] AS facts
UNWIND facts AS fact
WITH g, fact
WHERE fact.evidence IS NOT NULL
UNWIND fact.evidence AS id
WITH DISTINCT fact.states AS states, fact.what AS what, id
MATCH (v:Evidence {id: id})-[:PART_OF]->(d:Document)-[:PART_OF]->(f:Filing)
RETURN states, what, v.quote AS quote, f.filing_date AS filing_date, f.form AS form, d.type AS document,
       v.start AS start, v.end AS end, v.page AS page, v.rule AS rule, v.confidence AS confidence, f.url AS url,
       f.id AS filing, v.id AS evidence_id
ORDER BY CASE states WHEN 'agreement' THEN 0 WHEN 'party' THEN 1 WHEN 'subject' THEN 2 WHEN 'term' THEN 3 ELSE 4 END,
         states, what, filing_date, filing, document, start, end, evidence_id
