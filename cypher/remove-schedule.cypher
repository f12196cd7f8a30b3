// purpose: Remove a schedule; its waiting job is canceled, a running one goes on, the history of its jobs stays
// mode: write
// params: $name, $removedAt, $error (the reason, for the waiting job)
// returns: one row if there was such a schedule: name
MATCH (s:SmgSchedule {name: $name})
CALL (s) {
  OPTIONAL MATCH (j:SmgJob {status: 'PENDING'})-[:FIRED_BY]->(s)
  SET j.status = 'CANCELED', j.finishedAt = datetime($removedAt), j.error = $error
  RETURN count(j) AS canceled
}
DETACH DELETE s
RETURN $name AS name
