// purpose: Begin to record a version of a model in the catalog; one whose files are there already stays as it is
// mode: write
// params: $name, $version, $sha256 (of its manifest), $properties, $trainedAt
// returns: one row: sha256 (of the manifest of the version that is in the catalog now), storedIn (null until its files are there)
MERGE (m:SmgModel {name: $name, version: $version})
FOREACH (_ IN CASE WHEN m.storedIn IS NULL THEN [1] ELSE [] END |
  SET m += $properties, m.trainedAt = datetime($trainedAt), m.manifestSha256 = $sha256
)
RETURN m.manifestSha256 AS sha256, m.storedIn AS storedIn
