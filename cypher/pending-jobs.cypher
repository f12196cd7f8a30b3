// purpose: The jobs that wait for the daemon, in the order in which they became due
// mode: read
// params: none
// returns: a row per job: jobId, command, arguments, config (JSON)
MATCH (j:SmgJob)-[:FIRED_BY]->(:SmgSchedule)
WHERE j.status = 'PENDING'
RETURN j.jobId AS jobId, j.command AS command, j.arguments AS arguments, j.config AS config
ORDER BY coalesce(j.firedAt, j.createdAt), jobId
