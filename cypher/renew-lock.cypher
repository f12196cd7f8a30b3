// purpose: Put off when a held lock expires
// mode: write
// params: $projection, $owner, $seconds (from now)
// returns: a row if it is still held: owner
MATCH (l:SmgLock {projection: $projection, owner: $owner})
SET l.expiresAt = datetime() + duration({seconds: $seconds})
RETURN l.owner AS owner
