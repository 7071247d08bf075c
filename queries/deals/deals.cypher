// title: Deals of a company by date
// answers: Which agreements the company is party to, oldest first, with their terms; a deal without a date comes last.
// parameters:
//   company: string of Company — Name, alias or id of the company.
// columns: date, agreement, agreement_id, roles, parties, subjects, kinds, status, exclusivity, territory, upfront_usd,
//   milestones_max_usd, royalties, expiration_date
// example: company="Quillmere Therapeutics, Inc."

MATCH (c:Company)
WHERE toLower(c.id) = toLower($company) OR toLower(c.name) = toLower($company)
   OR any(x IN c.aliases WHERE toLower(x) = toLower($company))
MATCH (c)-[r:PARTY_TO]->(g:Agreement)
WITH c, g, r
ORDER BY r.role
WITH c, g, collect(DISTINCT r.role) AS roles
OPTIONAL MATCH (p)-[:PARTY_TO]->(g)
WHERE p.id <> c.id
WITH g, roles, p
ORDER BY p.name
WITH g, roles, collect(DISTINCT p.name) AS parties
OPTIONAL MATCH (g)-[:COVERS]->(s)
WITH g, roles, parties, s
ORDER BY s.name
WITH g, roles, parties, collect(DISTINCT s.name) AS subjects
WITH coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date, g, roles, parties, subjects
RETURN date, g.name AS agreement, g.id AS agreement_id, roles, parties, subjects, g.kinds AS kinds, g.status AS status,
       g.exclusivity AS exclusivity, g.territory AS territory, g.upfront_usd AS upfront_usd,
       g.milestones_max_usd AS milestones_max_usd, g.royalties AS royalties, g.expiration_date AS expiration_date
ORDER BY coalesce(date, '9999'), agreement_id
