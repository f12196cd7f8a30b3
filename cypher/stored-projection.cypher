// purpose: The configuration that a projection was last synced with
// mode: read
// params: $name
// returns: one row if it is in the catalog: config (JSON)
MATCH (p:SmgProjection {name: $name})
RETURN p.config AS config
