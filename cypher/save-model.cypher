// purpose: Record a model in the catalog
// mode: write
// params: $name, $version, $properties, $trainedAt
// returns: nothing
MERGE (m:SmgModel {name: $name, version: $version})
SET m += $properties, m.trainedAt = datetime($trainedAt)
