// purpose: The members and relationships that the user's statements return for the graphs with these keys
// mode: read
// params: <<nodesQuery>>, <<relationshipsQuery>>, {{nodeKey}}, {{typeColumn}}, {{propertiesColumn}} (each a column of relationshipsQuery, any where it is not wanted), $keys, $properties (of members), $weightProperty (or null), $withType, $relationshipProperties
// returns: a row per graph: key, members (keys, ascending), memberIds, memberColumns (values of each of $properties), strayTypes (of what is returned as a node, and is none), sourceIds and targetIds (of each relationship's ends), relationshipColumns (as elsewhere)
UNWIND $keys AS key
CALL (key) {
  CALL (key) {
<<nodesQuery>>
  }
  WITH DISTINCT node
  WITH node, node IS :: NODE NOT NULL AS isNode
  ORDER BY CASE WHEN isNode THEN node.{{nodeKey}} END
  RETURN
    collect(CASE WHEN isNode THEN node END) AS nodes,
    collect(CASE WHEN NOT isNode THEN valueType(node) END)[..5] AS strayTypes
}
CALL (key) {
  CALL (key) {
<<relationshipsQuery>>
  }
  RETURN collect([
    CASE WHEN source IS :: NODE NOT NULL THEN elementId(source) END,
    CASE WHEN target IS :: NODE NOT NULL THEN elementId(target) END,
    CASE WHEN $withType THEN {{typeColumn}} END,
    CASE WHEN $weightProperty IS NULL AND $relationshipProperties = [] THEN null ELSE {{propertiesColumn}} END
  ]) AS relationships
}
RETURN
  key,
  [n IN nodes | n.{{nodeKey}}] AS members,
  [n IN nodes | elementId(n)] AS memberIds,
  [property IN $properties | [n IN nodes | n[property]]] AS memberColumns,
  strayTypes,
  [r IN relationships | r[0]] AS sourceIds,
  [r IN relationships | r[1]] AS targetIds,
  CASE WHEN $weightProperty IS NULL THEN [] ELSE [[r IN relationships | r[3][$weightProperty]]] END
    + CASE WHEN $withType THEN [[r IN relationships | r[2]]] ELSE [] END
    + [property IN $relationshipProperties | [r IN relationships | r[3][property]]] AS relationshipColumns
