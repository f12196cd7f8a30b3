// purpose: One hop on from the nodes that each walk has come to
// mode: read
// params: {{nodeLabels}}, {{nodeKey}}, {{relationshipTypes}}, $walks ({frontier, seen: ids of nodes} each), $limit
// returns: a row per walk, in their order: found (ids of nodes that it has not seen yet, at most $limit, by their key)
UNWIND range(0, size($walks) - 1) AS i
CALL (i) {
  UNWIND $walks[i].frontier AS id
  MATCH (a)
  WHERE elementId(a) = id
  MATCH (a)-[:{{relationshipTypes}}]-(n:{{nodeLabels}})
  WITH DISTINCT n
  WITH n, $walks[i].seen AS seen
  WHERE NOT elementId(n) IN seen
  WITH n, n.{{nodeKey}} AS nodeKey
  ORDER BY nodeKey
  LIMIT $limit
  RETURN collect(elementId(n)) AS found
}
RETURN i, found
ORDER BY i
