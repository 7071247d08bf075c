// title: Circular ownership
// answers: Which companies own a part of themselves, through stakes that are still held and subsidiaries; a circle is
//   told once, each company followed by one that it owns.
// parameters:
//   company: string of Company = "" — Only circles through this company: its name, alias or id; empty for all.
//   most: integer = 3 — Circles of at most so many companies, up to five; each more takes many times as long.
//   limit: integer = 100 — At most so many circles, the shortest first.
// columns: length, companies, company_ids
// example: limit=20

// A circle is looked for from the one of it, a, that has the fewest owners and owned: from there to b, which it owns, and
// back to c, which owns it, until b is c, or owns it, or owns what owns it. Ranks are texts that sort as the numbers do.
MATCH ()-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]->()
WHERE e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH type(e) = 'SUBSIDIARY_OF' AS up, startNode(e).id AS first, endNode(e).id AS second
WITH DISTINCT CASE WHEN up THEN second ELSE first END AS owner, CASE WHEN up THEN first ELSE second END AS owned
UNWIND [[owned, owner, NULL], [owner, NULL, owned]] AS end
WITH end[0] AS id, collect(end[1]) AS owners, collect(end[2]) AS owned
WHERE size(owners) > 0 AND size(owned) > 0
WITH id, owners, owned, toString(1000000 + size(owners) + size(owned)) + ' ' + id AS rank
UNWIND [[id, 'own']] + [x IN owners | [x, 'owned']] + [x IN owned | [x, 'owner']] AS end
WITH end[0] AS a, max(CASE end[1] WHEN 'own' THEN rank END) AS rank,
     collect(CASE end[1] WHEN 'owned' THEN [rank, id] END) AS owned,
     collect(CASE end[1] WHEN 'owner' THEN [rank, id] END) AS owners
WITH a, owned, [x IN owned WHERE x[0] > rank | x[1]] AS bs, [x IN owners WHERE x[0] > rank | x[1]] AS cs
UNWIND [x IN owned | [a, x[1], NULL]] + reduce(ways = [], b IN bs | ways + [c IN cs | [b, c, a]]) AS way
WITH way[0] AS b, way[1] AS c, collect(way[2]) AS starts, count(*) AS n
WITH b, c, starts, n > size(starts) AS owns
WHERE b = c OR size(starts) > 0 AND (owns OR $most > 3)
WITH b, c, starts, owns, CASE WHEN $most > 3 AND b <> c THEN b ELSE '' END AS from
OPTIONAL MATCH (m:Company {id: from})-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(x:Company)
WHERE (type(e) = 'SUBSIDIARY_OF') = (endNode(e).id = from) AND NOT x.id IN [b, c]
  AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH b, c, starts, owns, collect(DISTINCT x.id) AS xs
UNWIND [''] + xs AS x
OPTIONAL MATCH (m:Company {id: x})-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(y:Company)
WHERE (type(e) = 'SUBSIDIARY_OF') = (endNode(e).id = x) AND (y.id = c OR $most > 4 AND NOT y.id IN [b, x])
  AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH DISTINCT b, c, starts, owns, x, y.id AS y
WITH b, c, starts, owns, x, y, CASE WHEN y <> c THEN y ELSE '' END AS from
OPTIONAL MATCH (m:Company {id: from})-[e:HOLDS_STAKE_IN|SUBSIDIARY_OF]-(z:Company)
WHERE (type(e) = 'SUBSIDIARY_OF') = (endNode(e).id = from) AND z.id = c
  AND e.valid_to IS NULL AND coalesce(e.percent, 1) > 0
WITH DISTINCT b, c, starts, owns, x, y, z.id AS z
UNWIND CASE WHEN x = '' AND b = c THEN (CASE WHEN owns THEN [[b]] ELSE [] END) + [a IN starts | [a, b]]
            WHEN x = '' AND owns THEN [a IN starts | [a, b, c]]
            WHEN y = c THEN [a IN starts | [a, b, x, c]]
            WHEN z = c THEN [a IN starts | [a, b, x, y, c]] ELSE [] END AS way
WITH way
WHERE size(way) <= $most AND NOT way[0] IN way[1..]
WITH way, reduce(low = 0, i IN range(1, size(way) - 1) | CASE WHEN way[i] < way[low] THEN i ELSE low END) AS i
WITH DISTINCT way[i..] + way[..i] AS ids
ORDER BY size(ids), ids
LIMIT CASE $company WHEN '' THEN $limit ELSE 1000000000 END
UNWIND range(0, size(ids) - 1) AS i
WITH ids, i, ids[i] AS id
MATCH (c:Company {id: id})
WITH ids, i, c.name AS name, toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
     OR any(x IN c.aliases WHERE toLower(x) = toLower($company)) AS asked
ORDER BY i
WITH ids, collect(name) AS names, collect(CASE WHEN asked THEN i END) AS asked
WHERE $company = '' OR size(asked) > 0
RETURN size(ids) AS length, names AS companies, ids AS company_ids
ORDER BY length, company_ids
LIMIT $limit
