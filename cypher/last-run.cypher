// purpose: How the last run of a projection ended, to tell whether anything can be left of graphs or members that are gone
// mode: read
// params: $projection
// returns: one row: runCount (of all projections), status and graphCount (of this one's last run; null where there is none, and where several began at the same time)
CALL () {
  MATCH (any:SmgRun)
  RETURN count(any) AS runCount
}
CALL () {
  MATCH (r:SmgRun {projection: $projection})
  WITH r.startedAt AS startedAt, collect([r.status, r.graphCount]) AS runs
  ORDER BY startedAt DESC
  LIMIT 1
  RETURN collect(CASE WHEN size(runs) = 1 THEN runs[0] END)[0] AS last
}
RETURN runCount, last[0] AS status, last[1] AS graphCount
