// purpose: Store a schedule under a name that is still free
// mode: write
// params: $name, $cron, $timezone, $command, $arguments, $config (JSON), $createdAt, $nextRunAt
// returns: one row: added (false where the name is taken; that schedule stays as it is)
MERGE (s:SmgSchedule {name: $name})
ON CREATE SET
  s.cron = $cron,
  s.timezone = $timezone,
  s.command = $command,
  s.arguments = $arguments,
  s.config = $config,
  s.createdAt = datetime($createdAt),
  s.nextRunAt = datetime($nextRunAt)
RETURN s.createdAt = datetime($createdAt) AS added
