// purpose: The waiting jobs that no daemon has read yet; those asked for in Cypher get the id and the time that they lack
// mode: write
// params: $limit
// returns: a row per job: jobId, command, arguments, projection, config (of whatever types)
MATCH (j:SmgJob {status: 'PENDING'})
WHERE NOT (j.jobId IS :: STRING NOT NULL AND j.createdAt IS :: ZONED DATETIME NOT NULL AND j.attempt IS :: INTEGER NOT NULL
  AND j.config IS :: STRING NOT NULL)
WITH j
LIMIT $limit
// Locks the node before it is looked at: of two daemons, one comes too late.
SET j += {}
WITH j
WHERE j.status = 'PENDING'
SET j.jobId = CASE WHEN j.jobId IS :: STRING NOT NULL THEN j.jobId ELSE randomUUID() END,
  j.createdAt = CASE WHEN j.createdAt IS :: ZONED DATETIME NOT NULL THEN j.createdAt ELSE datetime() END
RETURN j.jobId AS jobId, j.command AS command, j.arguments AS arguments, j.projection AS projection, j.config AS config
ORDER BY j.createdAt, jobId
