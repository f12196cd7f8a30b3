// purpose: Let one version of a model be the current one, and no other
// mode: write
// params: $name, $version
// returns: one row if there is such a version: version
MATCH (wanted:SmgModel {name: $name, version: $version})
MATCH (m:SmgModel {name: $name})
// Null for the others: the property goes. Writing to all of them lets one promotion wait for another.
SET m.current = CASE WHEN m = wanted THEN true END
WITH DISTINCT wanted
RETURN wanted.version AS version
