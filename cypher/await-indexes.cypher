// purpose: Wait until new indexes are online
// mode: auto
// params: $seconds
// returns: nothing
CALL db.awaitIndexes($seconds)
