// purpose: The configuration that a projection was last synced with, and the names of all projections
// mode: read
// params: $name
// returns: one row: found, config (JSON, null where there is none), names
OPTIONAL MATCH (p:SmgProjection {name: $name})
WITH collect(p)[0] AS wanted
RETURN wanted IS NOT NULL AS found, wanted.config AS config,
  COLLECT { MATCH (q:SmgProjection) WHERE q.name IS :: STRING NOT NULL RETURN q.name ORDER BY q.name LIMIT 1000 } AS names
