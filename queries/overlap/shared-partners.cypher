// title: Partners that two companies share
// answers: Which organisations are party to agreements with both companies.
// parameters:
//   company: string of Company — Name, alias or id of the one company.
//   other: string of Company — Name, alias or id of the other company.
// columns: partner, partner_id, company_deals, other_deals
// example: company="Quillmere Therapeutics, Inc." other="Brindlecove Medicines, Inc."

MATCH (a:Company)
WHERE toLower(a.id) = toLower($company) OR toLower(a.name) = toLower($company)
   OR any(x IN a.aliases WHERE toLower(x) = toLower($company))
MATCH (b:Company)
WHERE b.id <> a.id
  AND (toLower(b.id) = toLower($other) OR toLower(b.name) = toLower($other)
    OR any(x IN b.aliases WHERE toLower(x) = toLower($other)))
MATCH (a)-[ra:PARTY_TO]->(g:Agreement)<-[pa:PARTY_TO]-(p:Company)
WHERE p.id <> a.id AND p.id <> b.id AND (ra.role <> pa.role OR ra.role IN ['collaborator', 'party']
   OR ra.roles IS NOT NULL OR pa.roles IS NOT NULL)
MATCH (b)-[rb:PARTY_TO]->(h:Agreement)<-[pb:PARTY_TO]-(p)
WHERE rb.role <> pb.role OR rb.role IN ['collaborator', 'party'] OR rb.roles IS NOT NULL OR pb.roles IS NOT NULL
RETURN p.name AS partner, p.id AS partner_id, count(DISTINCT g.id) AS company_deals, count(DISTINCT h.id) AS other_deals
ORDER BY partner_id
