// purpose: Delete the memberships that we made
// mode: auto
// params: none
// returns: one row: relationshipCount
MATCH ()-[m:SMG_MEMBER_OF]->()
CALL (m) {
  DELETE m
} IN TRANSACTIONS OF 10000 ROWS
RETURN count(*) AS relationshipCount
