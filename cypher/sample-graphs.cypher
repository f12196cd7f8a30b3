// purpose: Some of the nodes with a label, with some of their neighbours by a type, and relationships of those; long texts and lists cut short
// mode: read
// params: {{graphLabel}}, {{membershipType}}, $skip, $limit, $members (per graph), $relationships (per member), $textLimit (characters), $listLimit (values)
// returns: a row per graph: properties ([name, value, size of a list or null] each), memberCount, members ([labels, properties, graphs (that it is in, at most 2), relationships ([type, labels of the target, where the target is: here, elsewhere or nowhere, properties] each)] each)
MATCH (g:{{graphLabel}})
WITH g
SKIP $skip
LIMIT $limit
CALL (g) {
  MATCH (g)-[:{{membershipType}}]-(n)
  WITH DISTINCT n
  LIMIT $members
  CALL (n) {
    MATCH (n)-[:{{membershipType}}]-(other:{{graphLabel}})
    WITH DISTINCT other
    LIMIT 2
    RETURN count(other) AS graphs
  }
  CALL (g, n) {
    MATCH (n)-[r]->(m)
    WITH g, r, m
    LIMIT $relationships
    RETURN
      collect([
        type(r),
        labels(m),
        CASE
          WHEN EXISTS { (m)-[:{{membershipType}}]-(g) } THEN 'here'
          WHEN EXISTS { (m)-[:{{membershipType}}]-(:{{graphLabel}}) } THEN 'elsewhere'
          ELSE 'nowhere'
        END,
        [name IN keys(r) | CASE
          WHEN r[name] IS :: STRING NOT NULL THEN [name, left(r[name], $textLimit), null]
          WHEN r[name] IS :: LIST<ANY> NOT NULL THEN [name, r[name][..$listLimit], size(r[name])]
          ELSE [name, r[name], null]
        END]
      ]) AS relationships
  }
  RETURN
    collect([
      labels(n),
      [name IN keys(n) | CASE
        WHEN n[name] IS :: STRING NOT NULL THEN [name, left(n[name], $textLimit), null]
        WHEN n[name] IS :: LIST<ANY> NOT NULL THEN [name, n[name][..$listLimit], size(n[name])]
        ELSE [name, n[name], null]
      END],
      graphs,
      relationships
    ]) AS members
}
RETURN
  [name IN keys(g) | CASE
    WHEN g[name] IS :: STRING NOT NULL THEN [name, left(g[name], $textLimit), null]
    WHEN g[name] IS :: LIST<ANY> NOT NULL THEN [name, g[name][..$listLimit], size(g[name])]
    ELSE [name, g[name], null]
  END] AS properties,
  COUNT { (g)-[:{{membershipType}}]-() } AS memberCount,
  members
