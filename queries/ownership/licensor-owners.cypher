// title: Owners of the licensor at signing
// answers: To whom a licensor belonged when it granted a licence, as far as dates do not rule it out, and whether they
//   say so; owners are a parent, the last acquirer, and who holds so many per cent.
// parameters:
//   company: string of Company = "" — Only this licensor: its name, alias or id; empty for all.
//   percent: number = 50 — Stakes of at least so many per cent.
//   limit: integer = 100 — At most so many.
// columns: date, licensor, licensee, owner, relation, percent, since, until, as_of, certain, licensor_id, owner_id,
//   licence, ownership
// example: limit=20

// A purchase of assets has subjects and makes nobody an owner. What was observed on a day held then; since when, nobody
// says.
MATCH (a:Company)-[o:SUBSIDIARY_OF|ACQUIRES|HOLDS_STAKE_IN]-(p)
WHERE (type(o) = 'SUBSIDIARY_OF') = (startNode(o).id = a.id) AND p.id <> a.id
  AND (type(o) <> 'HOLDS_STAKE_IN' OR o.percent >= $percent)
  AND (type(o) <> 'ACQUIRES' OR o.subjects IS NULL AND NOT coalesce(o.status = 'terminated', false))
  AND ($company = '' OR toLower(a.id) = toLower($company) OR toLower(a.name) = toLower($company)
    OR any(x IN a.aliases WHERE toLower(x) = toLower($company)))
WITH a, o, p, coalesce(o.valid_from, o.as_of, o.date) AS known
WITH a, collect({p: p, o: o, bought: type(o) = 'ACQUIRES',
                 since: coalesce(o.valid_from, CASE type(o) WHEN 'ACQUIRES' THEN o.date END),
                 known: known + substring('0000-12-31', size(known)), told: o.valid_to,
                 until: o.valid_to + substring('0000-12-31', size(o.valid_to))}) AS owners
MATCH (a)-[e:LICENSES_TO]->(b:Company)
WITH a, b, e, owners, e.date + substring('0000-01-01', size(e.date)) AS first,
     e.date + substring('0000-12-31', size(e.date)) AS last
WITH a, b, e, first, last,
     [w IN owners WHERE coalesce(w.since <= last, true) AND coalesce(w.until > first, true)] AS owners
WHERE size(owners) > 0
WITH a, b, e, first, last, owners
ORDER BY a.id, coalesce(e.date, '9999'), e.id
LIMIT $limit
UNWIND owners AS w
WITH a, b, e, w, coalesce(w.known <= first AND coalesce(w.told > last, true), false) AS certain
WITH a, b, e, max(CASE WHEN w.bought AND certain THEN w.since END) AS latest,
     max(CASE WHEN w.bought THEN w.since END) AS newest, collect({w: w, certain: certain}) AS owners
UNWIND owners AS x
WITH a, b, e, x.w.p AS p, x.w.o AS o, x.w.since AS since, latest,
     x.certain AND coalesce(NOT x.w.bought OR x.w.since = newest, false) AS certain
WHERE type(o) <> 'ACQUIRES' OR coalesce(since >= latest OR latest STARTS WITH since, true)
RETURN e.date AS date, a.name AS licensor, b.name AS licensee, p.name AS owner,
       CASE type(o) WHEN 'SUBSIDIARY_OF' THEN 'parent' WHEN 'ACQUIRES' THEN 'acquirer' ELSE 'shareholder' END
       AS relation,
       o.percent AS percent, since, o.valid_to AS until, o.as_of AS as_of, certain, a.id AS licensor_id,
       p.id AS owner_id, e.id AS licence, o.id AS ownership
ORDER BY licensor_id, coalesce(date, '9999'), licence, owner_id, ownership
LIMIT $limit
