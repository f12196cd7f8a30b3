// purpose: Say where the files of a model are, now that they are there, and whether it is the current version
// mode: write
// params: $name, $version, $storedIn (database or folder), $folder (on the machine that recorded it), $byteCount, $trainedBy (run, or null), $isCurrent (false: whichever was stays)
// returns: nothing
MATCH (stored:SmgModel {name: $name, version: $version})
SET stored.storedIn = $storedIn, stored.folder = $folder, stored.byteCount = $byteCount,
  stored.trainedBy = coalesce($trainedBy, stored.trainedBy)
WITH stored
WHERE $isCurrent
MATCH (m:SmgModel {name: $name})
SET m.current = CASE WHEN m = stored THEN true END
