// purpose: Record a version of a model in the catalog, once: what is there already stays as it is
// mode: write
// params: $name, $version, $sha256 (of its manifest), $properties, $trainedAt
// returns: one row: sha256 (of the manifest of the version that is in the catalog now)
MERGE (m:SmgModel {name: $name, version: $version})
// Nodes of earlier releases have no checksum.
FOREACH (_ IN CASE WHEN m.manifestSha256 IS NULL THEN [1] ELSE [] END |
  SET m += $properties, m.trainedAt = datetime($trainedAt), m.manifestSha256 = $sha256
)
RETURN m.manifestSha256 AS sha256
