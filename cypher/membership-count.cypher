// purpose: The number of relationships of a type at the graph nodes, either direction, from the count store
// mode: read
// params: {{graphLabel}}, {{membershipType}}
// returns: one row: count
CALL () {
  MATCH (:{{graphLabel}})-[r:{{membershipType}}]->()
  RETURN count(r) AS outgoing
}
CALL () {
  MATCH ()-[r:{{membershipType}}]->(:{{graphLabel}})
  RETURN count(r) AS incoming
}
RETURN outgoing + incoming AS count
