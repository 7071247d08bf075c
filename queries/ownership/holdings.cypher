// title: Parents, subsidiaries and shareholders of a company
// answers: Who owns the company or a part of it, and which companies it owns, by share and date.
// parameters:
//   company: string of Company — Name, alias or id of the company.
// columns: holder, holder_id, relation, held, held_id, percent, as_of
// example: company="Brindlecove Medicines, Inc."

MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
MATCH (c)-[e:SUBSIDIARY_OF|HOLDS_STAKE_IN]-(x)
WITH DISTINCT e, startNode(e) AS a, endNode(e) AS b
WITH e, CASE type(e) WHEN 'SUBSIDIARY_OF' THEN b ELSE a END AS holder,
     CASE type(e) WHEN 'SUBSIDIARY_OF' THEN a ELSE b END AS held
RETURN holder.name AS holder, holder.id AS holder_id,
       CASE type(e) WHEN 'SUBSIDIARY_OF' THEN 'parent' ELSE 'shareholder' END AS relation,
       held.name AS held, held.id AS held_id, e.percent AS percent, e.as_of AS as_of
ORDER BY holder_id, held_id, relation, coalesce(as_of, '')
