// purpose: The waiting jobs whose turn it is, in the order in which they became due; none of a projection that is being worked on
// mode: read
// params: $limit
// returns: a row per job: jobId, attempt, command, arguments, projection, config (of whatever types)
OPTIONAL MATCH (r:SmgJob {status: 'RUNNING'})
WITH collect(r.projection) AS busy
MATCH (j:SmgJob {status: 'PENDING'})
WHERE j.jobId IS :: STRING NOT NULL AND j.createdAt IS :: ZONED DATETIME NOT NULL AND j.attempt IS :: INTEGER NOT NULL
  AND j.config IS :: STRING NOT NULL AND NOT coalesce(j.projection IN busy, false)
WITH j
ORDER BY coalesce(j.firedAt, j.createdAt), j.jobId
LIMIT $limit
RETURN j.jobId AS jobId, j.attempt AS attempt, j.command AS command, j.arguments AS arguments, j.projection AS projection, j.config AS config
