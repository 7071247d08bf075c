// title: Names that were merged
// answers: Which nodes stand for several names or ids of the filings, and why each was taken to be the same.
// parameters:
//   name: string of Company or Person or Compound or Technology or Target or Indication = "" — Name, alias or id of one of them; empty for all.
//   limit: integer = 100 — At most so many nodes, those that were made of most first.
// columns: type, name, id, reasons, aliases
// example: name="Brindlecove Medicines, Inc."

MATCH (n:Company|Person|Compound|Technology|Target|Indication)
WHERE n.merged IS NOT NULL
  AND ($name = '' OR toLower(n.id) = toLower($name) OR toLower(n.name) = toLower($name)
    OR any(x IN n.aliases WHERE toLower(x) = toLower($name)))
RETURN head(labels(n)) AS type, n.name AS name, n.id AS id, n.merged AS reasons, n.aliases AS aliases
ORDER BY size(reasons) DESC, id
LIMIT $limit
