// purpose: Say where the files of a model are, once they are there
// mode: write
// params: $name, $version, $storedIn (database or folder), $folder (on the machine that trained it), $byteCount
// returns: nothing
MATCH (m:SmgModel {name: $name, version: $version})
SET m.storedIn = $storedIn, m.folder = $folder, m.byteCount = $byteCount
