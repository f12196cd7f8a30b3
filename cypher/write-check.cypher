// purpose: Whether the user may write: creates a node and deletes it again in the same transaction
// mode: write
// params: none
// returns: nothing
CREATE (n:SmgModel)
DELETE n
