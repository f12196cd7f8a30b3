// purpose: The names that the database has in use, to check a configuration against
// mode: read
// params: none
// returns: one row: labels, relationshipTypes, propertyKeys (lists of STRING)
CALL () {
  CALL db.labels() YIELD label
  RETURN collect(label) AS labels
}
CALL () {
  CALL db.relationshipTypes() YIELD relationshipType
  RETURN collect(relationshipType) AS relationshipTypes
}
CALL () {
  CALL db.propertyKeys() YIELD propertyKey
  RETURN collect(propertyKey) AS propertyKeys
}
RETURN labels, relationshipTypes, propertyKeys
