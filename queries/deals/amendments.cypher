// title: Amendments of a deal
// answers: The chain that an agreement belongs to: which agreement amends, takes the place of, ends or exercises which,
//   when, and what it changes.
// parameters:
//   agreement: string of Agreement — Id, name or title of any agreement of the chain.
// columns: date, agreement, relation, changed, change, reason, rights_returned, agreement_id, changed_id, edge
// example: agreement="License Agreement"

MATCH (g:Agreement)
WHERE toLower(g.id) = toLower($agreement) OR toLower(g.name) = toLower($agreement)
   OR toLower(g.title) = toLower($agreement)
MATCH (g)-[:AMENDS|TERMINATES|EXERCISES|SUPERSEDES*0..6]-(x:Agreement)
WITH DISTINCT x
MATCH (x)-[e:AMENDS|TERMINATES|EXERCISES|SUPERSEDES]->(y:Agreement)
RETURN coalesce(e.date, x.agreement_date, x.effective_date, x.announced_date) AS date, x.name AS agreement,
       type(e) AS relation, y.name AS changed, e.change AS change, e.reason AS reason,
       e.rights_returned AS rights_returned, x.id AS agreement_id, y.id AS changed_id, e.id AS edge
ORDER BY coalesce(date, '9999'), edge
