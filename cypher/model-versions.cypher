// purpose: The versions of a model in the catalog, oldest first
// mode: read
// params: $name
// returns: a row per version: version, isCurrent, storedIn (database, folder, or null for one that is not whole, or of an earlier release), sha256 (null for one of an earlier release), trainedBy (run, or null)
MATCH (m:SmgModel {name: $name})
RETURN m.version AS version, coalesce(m.current, false) AS isCurrent, m.storedIn AS storedIn, m.manifestSha256 AS sha256,
  m.trainedBy AS trainedBy
ORDER BY toInteger(m.version)
