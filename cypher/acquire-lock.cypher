// purpose: Take the lock of a projection, if it is free, expired, or held by an owner that is known to be dead
// mode: write
// params: $projection, $owner, $holder (host, pid and identity of the owner's process), $run (that the owner is an attempt at), $seconds (until it expires), $deadOwner (or null)
// returns: one row: acquired, and who holds it now: owner, host, pid, identity, since
MERGE (l:SmgLock {projection: $projection})
// Locks the node before it is looked at: two that ask at once come one after the other.
SET l.askedAt = datetime()
WITH l, coalesce(l.owner IS NULL OR l.owner IN [$owner, $deadOwner] OR l.expiresAt < datetime(), false) AS acquired
FOREACH (_ IN CASE WHEN acquired THEN [1] ELSE [] END |
  SET l.flow = CASE WHEN l.run = $run THEN l.flow END
  SET l += $holder, l.owner = $owner, l.run = $run, l.since = datetime(), l.expiresAt = datetime() + duration({seconds: $seconds})
)
RETURN acquired, l.owner AS owner, l.host AS host, l.pid AS pid, l.identity AS identity, toString(l.since) AS since
