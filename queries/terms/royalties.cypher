// title: Royalty terms by subject
// answers: Which royalties are due on what, with their rates, tiers and words; what is redacted or undisclosed is told
//   as such.
// parameters:
//   subject: string of Compound or Technology or Target or Indication = "" — Name, alias or id of what an agreement covers; empty for all.
//   limit: integer = 100 — At most so many terms.
// columns: subject, date, agreement, kind, state, percent_low, percent_high, wording, sales_from, sales_to, period,
//   quote, subject_id, agreement_id
// example: subject="QuillLatch linker technology"

MATCH (s:Compound|Technology|Target|Indication)
WHERE $subject = '' OR toLower(s.id) = toLower($subject) OR toLower(s.name) = toLower($subject)
   OR any(x IN s.aliases WHERE toLower(x) = toLower($subject))
MATCH (s)<-[:COVERS]-(g:Agreement)-[:HAS_TERM]->(t:Term)
WHERE t.kind IN ['royalty', 'royalty reduction']
WITH DISTINCT s, g, t, coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date
ORDER BY s.name, s.id, coalesce(date, '9999'), g.id, t.kind, coalesce(t.sales_from, 0), t.id
LIMIT $limit
WITH s, g, t, date, t.evidence[0] AS first
MATCH (v:Evidence {id: first})
RETURN s.name AS subject, date, g.name AS agreement, t.kind AS kind, t.state AS state, t.percent_low AS percent_low,
       t.percent_high AS percent_high, coalesce(t.wording, t.value) AS wording, t.sales_from AS sales_from,
       t.sales_to AS sales_to, t.period AS period, v.quote AS quote, s.id AS subject_id, g.id AS agreement_id
ORDER BY subject, subject_id, coalesce(date, '9999'), agreement_id, kind, coalesce(sales_from, 0), t.id
