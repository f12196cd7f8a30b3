// purpose: Whether the database is there and answers this user
// mode: read
// params: none
// returns: nothing
RETURN 1 AS answer
