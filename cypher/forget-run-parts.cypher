// purpose: Delete what older runs of a projection changed
// mode: auto
// params: $projection, $kept (newest runs whose changes stay)
// returns: one row: nodeCount
MATCH (r:SmgRun {projection: $projection})
WITH r
ORDER BY r.startedAt DESC
SKIP $kept
MATCH (p:SmgRunPart {runId: r.runId})
CALL (p) {
  DELETE p
} IN TRANSACTIONS OF 1000 ROWS
RETURN count(*) AS nodeCount
