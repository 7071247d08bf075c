// title: Median and quartiles of deal values
// answers: What upfront payments and milestones were usual, by kind of agreement and span of years: how many tell them,
//   the quartiles and the median; an agreement of several kinds counts under each.
// parameters:
//   kind: string = "" — Only this kind, as in license; empty for all.
//   years: integer = 5 — Length of a span: 5 makes 2000 to 2004, 2005 to 2009 and so on.
//   since: string = "" — First date; a deal of 2019 counts as since 2019-03, as it may be.
//   until: string = "" — Last date.
// columns: kind, from_year, to_year, deals, upfronts, upfront_q1, upfront_median, upfront_q3, ceilings, milestones_q1,
//   milestones_median, milestones_q3
// example: kind=license

// Quartiles lie between values where no value is one (linear interpolation, as spreadsheets do).
MATCH (g:Agreement)
WITH g.kinds AS kinds, g.upfront_usd AS upfront, g.milestones_max_usd AS milestones,
     coalesce(g.agreement_date, g.effective_date, g.announced_date) AS date
WHERE date IS NOT NULL
  AND ($since = '' OR date >= $since OR $since STARTS WITH date)
  AND ($until = '' OR date <= $until OR date STARTS WITH $until)
UNWIND kinds AS kind
WITH kind, upfront, milestones, toInteger(substring(date, 0, 4)) / $years * $years AS from_year
WHERE $kind = '' OR kind = toLower($kind)
RETURN kind, from_year, from_year + $years - 1 AS to_year, count(*) AS deals, count(upfront) AS upfronts,
       percentileCont(upfront, 0.25) AS upfront_q1, percentileCont(upfront, 0.5) AS upfront_median,
       percentileCont(upfront, 0.75) AS upfront_q3, count(milestones) AS ceilings,
       percentileCont(milestones, 0.25) AS milestones_q1, percentileCont(milestones, 0.5) AS milestones_median,
       percentileCont(milestones, 0.75) AS milestones_q3
ORDER BY kind, from_year
