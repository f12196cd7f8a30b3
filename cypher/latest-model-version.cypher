// purpose: The highest version that the catalog knows of a model
// mode: read
// params: $name
// returns: one row: version (INTEGER, 0 if there is none)
OPTIONAL MATCH (m:SmgModel {name: $name})
RETURN coalesce(max(toInteger(m.version)), 0) AS version
