// purpose: Delete a version of a model, with its files in the database; runs that used it stay
// mode: write
// params: $name, $version
// returns: one row if there was such a version: version, folder (where its files were saved as well)
MATCH (m:SmgModel {name: $name, version: $version})
WITH m, m.folder AS folder
CALL (m) {
  OPTIONAL MATCH (p:SmgModelPart {model: m.name, version: m.version})
  DELETE p
  RETURN count(p) AS parts
}
DETACH DELETE m
RETURN $version AS version, folder
