// purpose: Store a schedule under a name that is still free
// mode: write
// params: $name, $cron, $timezone, $missed, $overlap, $command, $arguments, $projection, $config (JSON), $createdAt, $nextRunAt
// returns: one row: added (false where the name is taken; that schedule stays as it is)
MERGE (s:SmgSchedule {name: $name})
ON CREATE SET
  s.cron = $cron,
  s.timezone = $timezone,
  s.missed = $missed,
  s.overlap = $overlap,
  s.paused = false,
  s.command = $command,
  s.arguments = $arguments,
  s.projection = $projection,
  s.config = $config,
  s.skippedFirings = 0,
  s.createdAt = datetime($createdAt),
  s.nextRunAt = datetime($nextRunAt)
RETURN s.createdAt = datetime($createdAt) AS added
