// purpose: How many jobs wait and run
// mode: read
// params: none
// returns: one row: waiting, running
RETURN
  COUNT { MATCH (j:SmgJob {status: 'PENDING'}) } AS waiting,
  COUNT { MATCH (j:SmgJob {status: 'RUNNING'}) } AS running
