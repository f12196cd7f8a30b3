// purpose: Some of the graph nodes, with what is known of them before their members are read
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{targetProperty}}, {{fingerprintProperty}}, {{membershipType}}, $skip, $limit
// returns: a row per graph: key, target, fingerprint (of the last scoring, or null), memberships
MATCH (g:{{graphLabel}})
WITH g
SKIP $skip
LIMIT $limit
RETURN
  g.{{graphKey}} AS key,
  g.{{targetProperty}} AS target,
  g.{{fingerprintProperty}} AS fingerprint,
  COUNT { (g)-[:{{membershipType}}]-() } AS memberships
