// purpose: The schedules by name
// mode: read
// params: none
// returns: a row per schedule: name, cron, timezone, command, arguments, nextRunAt, lastRunAt, lastStatus
MATCH (s:SmgSchedule)
WHERE s.name IS :: STRING NOT NULL
RETURN s.name AS name, s.cron AS cron, s.timezone AS timezone, s.command AS command, s.arguments AS arguments,
  toString(s.nextRunAt) AS nextRunAt, toString(s.lastRunAt) AS lastRunAt, s.lastStatus AS lastStatus
ORDER BY name
