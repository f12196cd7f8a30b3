// purpose: All properties of a schedule
// mode: read
// params: $name
// returns: one row if there is such a schedule: properties (MAP)
MATCH (s:SmgSchedule {name: $name})
RETURN properties(s) AS properties
