// title: Comparable deals
// answers: Which agreements are of a kind, modality, stage, territory, exclusivity, subject and time, with their terms,
//   the latest first; what is left empty does not matter.
// parameters:
//   kind: string = "" — Kind of agreement, as in license or supply.
//   subject: string = "" — Words that stand in a name of a subject, of its target or indication, or in the field.
//   modality: string = "" — Modality of a compound, as in antibody.
//   stage: string = "" — How far development had come, as in phase 2, as told for the deal, else by a developer.
//   territory: string = "" — Words of the territory, as in Japan; worldwide is no Japan.
//   exclusivity: string = "" — exclusive, co-exclusive, sole or non-exclusive.
//   since: string = "" — First date; a deal of 2019 counts as since 2019-03, as it may be.
//   until: string = "" — Last date; without both, deals without a date come last.
//   limit: integer = 50 — At most so many.
// columns: date, agreement, parties, subjects, kinds, modalities, stages, exclusivity, territory, upfront_usd,
//   milestones_max_usd, total_value_usd, royalties, royalty_low, royalty_high, status, agreement_id
// example: kind=license since=2019 until=2022

MATCH (g:Agreement)
WITH g, coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date
WHERE ($kind = '' OR toLower($kind) IN g.kinds)
  AND ($since = '' OR date >= $since OR $since STARTS WITH date)
  AND ($until = '' OR date <= $until OR date STARTS WITH $until)
OPTIONAL MATCH (g)-[v:COVERS]->(s)
WITH g, date, v, s
WHERE ($territory = '' OR toLower(g.territory) CONTAINS toLower($territory)
    OR toLower(v.territory) CONTAINS toLower($territory))
  AND ($exclusivity = '' OR g.exclusivity = toLower($exclusivity) OR v.exclusivity = toLower($exclusivity))
  AND ($modality = '' OR s.modality = toLower($modality))
WITH s.id AS subject, head(collect(s)) AS s, collect([g.id, date, v.stage, CASE WHEN $subject <> '' THEN
     toLower(coalesce(g.field, '') + ' ' + coalesce(v.field, '')) ELSE '' END]) AS deals
WITH deals, CASE WHEN $stage <> '' AND s IS NOT NULL THEN [(s)<-[w:DEVELOPS]-() | toLower(w.stage)] ELSE [] END AS stages,
     CASE WHEN $subject <> '' THEN [s.name] + coalesce(s.aliases, []) ELSE [] END AS own,
     CASE WHEN $subject <> '' AND s IS NOT NULL
          THEN [(s)-[:TARGETS|TREATS]->(x) | [x.name] + coalesce(x.aliases, [])] ELSE [] END AS goals
WITH deals, stages,
     toLower(reduce(text = '', name IN reduce(all = own, goal IN goals | all + goal)
                    | text + coalesce(name, '') + '|')) AS names
UNWIND deals AS deal
WITH deal[0] AS id, deal[1] AS date, deal[2] AS stage, stages, names + deal[3] AS text
WHERE ($stage = '' OR toLower(stage) = toLower($stage) OR stage IS NULL AND toLower($stage) IN stages)
  AND ($subject = '' OR all(word IN split(toLower($subject), ' ') WHERE text CONTAINS word))
WITH DISTINCT id, date
ORDER BY coalesce(date, '') DESC, id
LIMIT $limit
MATCH (g:Agreement {id: id})
OPTIONAL MATCH (p)-[:PARTY_TO]->(g)
WITH g, date, p
ORDER BY p.name, p.id
WITH g, date, collect(DISTINCT p.name) AS parties
OPTIONAL MATCH (g)-[v:COVERS]->(s)
OPTIONAL MATCH (s)<-[w:DEVELOPS]-()
WHERE v.stage IS NULL
WITH g, date, parties, s, coalesce(v.stage, w.stage) AS stage
ORDER BY s.name, s.id, stage
WITH g, date, parties, collect(DISTINCT s.name) AS subjects, collect(DISTINCT s.modality) AS modalities,
     collect(DISTINCT stage) AS stages
OPTIONAL MATCH (g)-[:HAS_TERM]->(t:Term)
WHERE t.kind = 'royalty'
WITH g, date, parties, subjects, modalities, stages, min(t.percent_low) AS low, max(t.percent_high) AS high
RETURN date, g.name AS agreement, parties, subjects, g.kinds AS kinds, modalities, stages, g.exclusivity AS exclusivity,
       g.territory AS territory, g.upfront_usd AS upfront_usd, g.milestones_max_usd AS milestones_max_usd,
       g.total_value_usd AS total_value_usd, g.royalties AS royalties, low AS royalty_low, high AS royalty_high,
       g.status AS status, g.id AS agreement_id
ORDER BY coalesce(date, '') DESC, agreement_id
