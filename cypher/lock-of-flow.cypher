// purpose: Whether the parts of a flow still work under the lock of a projection
// mode: read
// params: $projection, $flow
// returns: a row if they do: owner
MATCH (l:SmgLock {projection: $projection, flow: $flow})
RETURN l.owner AS owner
