// purpose: The schedules by name
// mode: read
// params: none
// returns: a row per schedule: name, cron, timezone, missed, overlap, paused, command, arguments, projection, nextRunAt, lastRunAt, lastStatus, skippedFirings, lastSkippedAt
MATCH (s:SmgSchedule)
WHERE s.name IS :: STRING NOT NULL
RETURN s.name AS name, s.cron AS cron, s.timezone AS timezone, s.missed AS missed, s.overlap AS overlap,
  coalesce(s.paused = true, false) AS paused, s.command AS command, s.arguments AS arguments, s.projection AS projection,
  toStringOrNull(s.nextRunAt) AS nextRunAt, toStringOrNull(s.lastRunAt) AS lastRunAt, s.lastStatus AS lastStatus,
  s.skippedFirings AS skippedFirings, toStringOrNull(s.lastSkippedAt) AS lastSkippedAt
ORDER BY name
