// purpose: Let a schedule fire no more until it is resumed; its waiting job stays
// mode: write
// params: $name
// returns: one row if there is such a schedule: name
MATCH (s:SmgSchedule {name: $name})
SET s.paused = true, s.nextRunAt = null
RETURN s.name AS name
