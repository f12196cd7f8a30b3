// purpose: Delete the catalog: models, runs, jobs, schedules and locks
// mode: auto
// params: none
// returns: one row: nodeCount
MATCH (n:SmgModel|SmgRun|SmgJob|SmgSchedule|SmgLock)
CALL (n) {
  DETACH DELETE n
} IN TRANSACTIONS OF 1000 ROWS
RETURN count(*) AS nodeCount
