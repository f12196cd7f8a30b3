// purpose: Give a held lock back
// mode: write
// params: $projection, $owner
// returns: nothing
MATCH (l:SmgLock {projection: $projection, owner: $owner})
DELETE l
