// purpose: The members and relationships of the graphs with the given keys
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{membershipType}}, {{nodeLabels}}, {{nodeKey}}, {{relationshipTypes}}, $keys, $sharedMembers (whether members may belong to several graphs), $properties (of members), $weightProperty (or null), $withType, $relationshipProperties
// returns: a row per graph: key, members ([nodeKey, values in the order of $properties] each), shared (up to five keys of members of another graph too), relationships ([source, target, [weight, type, values in the order of $relationshipProperties]] each; weight and type only where they are wanted)
UNWIND $keys AS graphKey
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = graphKey
CALL (g) {
  MATCH (g)-[:{{membershipType}}]-(n:{{nodeLabels}})
  WITH DISTINCT n
  ORDER BY n.{{nodeKey}}
  RETURN
    collect(n) AS nodes,
    collect([n.{{nodeKey}}, [property IN $properties | n[property]]]) AS members,
    collect(CASE WHEN NOT $sharedMembers AND COUNT { (n)-[:{{membershipType}}]-(:{{graphLabel}}) } > 1 THEN n END) AS suspects
}
CALL (g, suspects) {
  UNWIND suspects AS n
  MATCH (n)-[:{{membershipType}}]-(other:{{graphLabel}})
  WHERE other <> g
  RETURN collect(DISTINCT n.{{nodeKey}})[..5] AS shared
}
CALL (g, nodes) {
  UNWIND nodes AS a
  MATCH (a)-[r:{{relationshipTypes}}]->(b:{{nodeLabels}})
  WHERE EXISTS { (b)-[:{{membershipType}}]-(g) }
  RETURN
    collect([
      a.{{nodeKey}},
      b.{{nodeKey}},
      CASE WHEN $weightProperty IS NULL THEN [] ELSE [r[$weightProperty]] END
        + CASE WHEN $withType THEN [type(r)] ELSE [] END
        + [property IN $relationshipProperties | r[property]]
    ]) AS relationships
}
RETURN graphKey AS key, members, shared, relationships
