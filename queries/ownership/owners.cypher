// title: Who owns what
// answers: Which compounds and technologies belong to whom.
// parameters:
//   name: string of Company or Person or Compound or Technology = "" — Name, alias or id of an owner or of what is owned; nothing asks for all.
// columns: owner, owner_id, owned, owned_id, type, share
// example: name="Quillmere Therapeutics, Inc."

MATCH (c:Company)-[e:OWNS]->(x)
WHERE $name = ''
   OR toLower(c.id) = toLower($name) OR toLower(c.name) = toLower($name)
   OR any(a IN c.aliases WHERE toLower(a) = toLower($name))
   OR toLower(x.id) = toLower($name) OR toLower(x.name) = toLower($name)
   OR any(a IN x.aliases WHERE toLower(a) = toLower($name))
RETURN c.name AS owner, c.id AS owner_id, x.name AS owned, x.id AS owned_id,
       CASE WHEN x:Compound THEN 'Compound' ELSE 'Technology' END AS type, e.share AS share
ORDER BY owner_id, owned_id, coalesce(share, '')
