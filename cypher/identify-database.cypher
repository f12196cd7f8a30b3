// purpose: What tells a database from any other, whatever address it is reached by
// mode: read
// params: none
// returns: one row: id
CALL db.info()
YIELD id
RETURN id
