// purpose: Let the parts of a flow work under a held lock, and those of no other
// mode: write
// params: $projection, $owner, $flow
// returns: a row if it is still held: owner
MATCH (l:SmgLock {projection: $projection, owner: $owner})
SET l.flow = $flow
RETURN l.owner AS owner
