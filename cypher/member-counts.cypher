// purpose: How many members graphs have at most, to read the large ones alone
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{membershipType}}, $keys
// returns: a row per graph: key, memberCount (memberships, parallel ones and those of nodes with other labels among them)
UNWIND $keys AS key
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = key
RETURN key, COUNT { (g)-[:{{membershipType}}]-() } AS memberCount
