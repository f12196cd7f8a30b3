// purpose: Let a schedule fire again, from its next firing on
// mode: write
// params: $name, $nextRunAt
// returns: one row if there is such a schedule: name, resumed (false where it was not paused; it stays as it is)
MATCH (s:SmgSchedule {name: $name})
WITH s, coalesce(s.paused = true, false) AS resumed
FOREACH (_ IN CASE WHEN resumed THEN [1] ELSE [] END | SET s.paused = false, s.nextRunAt = datetime($nextRunAt))
RETURN s.name AS name, resumed
