// purpose: Record a projection with its configuration, for jobs that name it
// mode: write
// params: $name, $kind, $config (JSON), $savedAt
// returns: nothing
MERGE (p:SmgProjection {name: $name})
SET p.kind = $kind, p.config = $config, p.savedAt = datetime($savedAt)
