// purpose: When each schedule fires next and by which rules, for the daemon
// mode: read
// params: none
// returns: a row per schedule: name, cron, timezone, missed, overlap, paused, nextRunAtMillis (null: none), busy (its last job waits or runs)
OPTIONAL MATCH (j:SmgJob)-[:FIRED_BY]->(b:SmgSchedule)
WHERE j.status IN ['PENDING', 'RUNNING']
WITH collect(b.name) AS busyNames
MATCH (s:SmgSchedule)
WHERE s.name IS :: STRING NOT NULL
RETURN s.name AS name, s.cron AS cron, s.timezone AS timezone, s.missed AS missed, s.overlap AS overlap,
  coalesce(s.paused = true, false) AS paused,
  CASE WHEN s.nextRunAt IS :: ZONED DATETIME NOT NULL THEN s.nextRunAt.epochMillis END AS nextRunAtMillis,
  s.name IN busyNames AS busy
ORDER BY nextRunAtMillis, name
