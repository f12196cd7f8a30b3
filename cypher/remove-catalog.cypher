// purpose: Delete the catalog: projections, models, runs, evaluations, jobs, schedules, locks and the graph nodes that we made
// mode: auto
// params: none
// returns: one row: nodeCount
MATCH (n:SmgModel|SmgModelPart|SmgProjection|SmgRun|SmgRunPart|SmgEvaluation|SmgJob|SmgSchedule|SmgLock|SmgGraph)
CALL (n) {
  DETACH DELETE n
} IN TRANSACTIONS OF 1000 ROWS
RETURN count(*) AS nodeCount
