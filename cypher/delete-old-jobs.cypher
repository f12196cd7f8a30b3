// purpose: Delete jobs that ended long ago
// mode: auto
// params: $before
// returns: one row: deleted
MATCH (j:SmgJob)
WHERE j.status IN ['FINISHED', 'FAILED', 'CANCELED'] AND j.finishedAt < datetime($before)
CALL (j) {
  DETACH DELETE j
} IN TRANSACTIONS OF 1000 ROWS
RETURN count(*) AS deleted
