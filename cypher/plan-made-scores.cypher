// purpose: What writing the scores of these graphs would make, take away and find, where we make the memberships
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{fingerprintProperty}}, $projection, $makesGraphNodes, $groupProperty (or null), $nodeLabels, $rows ({key, memberIds, newMemberIds: [of those that no graph before has]} each), $absentProperties (that this kind of score does not have), $masksOnMembers, $surplusMaskProperties, $surplusMembershipMaskProperties, $maskPattern (as write-made-scores has them)
// returns: a row per place and property: place (missing: graph nodes to make; former and kept: memberships; of what is taken away: graphNode, member, membership), property (or ''), count
UNWIND $rows AS row
CALL (row) {
  UNWIND CASE WHEN $makesGraphNodes THEN [row.key] ELSE [] END AS key
  WITH key
  WHERE NOT EXISTS { (:SmgGraph {projection: $projection, key: key}) }
  RETURN 'missing' AS place, '' AS property, count(*) AS found
UNION ALL
  MATCH (g:{{graphLabel}})
  WHERE g.{{graphKey}} = row.key
  UNWIND $absentProperties AS property
  WITH g, property
  WHERE g[property] IS NOT NULL
  RETURN 'graphNode' AS place, property, count(*) AS found
UNION ALL
  MATCH (g:{{graphLabel}})
  WHERE g.{{graphKey}} = row.key
  MATCH (n)-[m:SMG_MEMBER_OF {projection: $projection}]->(g)
  RETURN
    CASE WHEN elementId(n) IN row.memberIds THEN 'kept' ELSE 'former' END AS place,
    '' AS property,
    count(m) AS found
UNION ALL
  MATCH (g:{{graphLabel}})
  WHERE g.{{graphKey}} = row.key
  MATCH (n)-[:SMG_MEMBER_OF {projection: $projection}]->(g)
  WHERE $masksOnMembers
    AND NOT elementId(n) IN row.memberIds
    AND NOT (n[$groupProperty] IS NOT NULL AND any(label IN labels(n) WHERE label IN $nodeLabels))
    AND NOT EXISTS { (n)--(other) WHERE other <> g AND other.{{fingerprintProperty}} IS NOT NULL }
  UNWIND [name IN keys(n) WHERE name =~ $maskPattern] AS property
  RETURN 'member' AS place, property, count(*) AS found
UNION ALL
  MATCH (g:{{graphLabel}})
  WHERE g.{{graphKey}} = row.key
  MATCH (n)-[m:SMG_MEMBER_OF {projection: $projection}]->(g)
  WHERE elementId(n) IN row.memberIds
  UNWIND $surplusMembershipMaskProperties AS property
  WITH m, property
  WHERE m[property] IS NOT NULL
  RETURN 'membership' AS place, property, count(*) AS found
UNION ALL
  UNWIND row.newMemberIds AS id
  MATCH (n)
  WHERE elementId(n) = id
  UNWIND $surplusMaskProperties AS property
  WITH n, property
  WHERE n[property] IS NOT NULL
  RETURN 'member' AS place, property, count(*) AS found
}
RETURN place, property, sum(found) AS count
