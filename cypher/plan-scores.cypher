// purpose: What writing the scores of these graphs would take away, and how many memberships their members have
// mode: read
// params: {{graphLabel}}, {{graphKey}}, {{membershipType}}, {{nodeLabels}}, {{firstMaskProperty}}, {{fingerprintProperty}}, $keys, $absentProperties (that this kind of score does not have), $surplusMaskProperties, $surplusMembershipMaskProperties, $maskPattern (as write-scores has them)
// returns: a row per place and property: place (of what is taken away: graphNode, member, membership; kept: memberships of members), property (or ''), count
UNWIND $keys AS graphKey
MATCH (g:{{graphLabel}})
WHERE g.{{graphKey}} = graphKey
CALL (g) {
  MATCH (g)-[m:{{membershipType}}]-(n)
  WITH n, n:{{nodeLabels}} AS isMember, collect(m) AS memberships
  RETURN
    collect(CASE WHEN isMember THEN n END) AS nodes,
    collect(CASE WHEN isMember THEN memberships END) AS ofNodes,
    collect(CASE
      WHEN NOT isMember AND any(masked IN memberships + n WHERE masked.{{firstMaskProperty}} IS NOT NULL)
      THEN [n, memberships]
    END) AS former
}
CALL (g, nodes, ofNodes, former) {
  UNWIND $absentProperties AS property
  WITH property
  WHERE g[property] IS NOT NULL
  RETURN 'graphNode' AS place, property, count(*) AS found
UNION ALL
  UNWIND ofNodes AS memberships
  RETURN 'kept' AS place, '' AS property, sum(size(memberships)) AS found
UNION ALL
  UNWIND $surplusMaskProperties AS property
  UNWIND nodes AS n
  WITH g, n, property
  WHERE n[property] IS NOT NULL
    // A member of several graphs counts with the first of them.
    AND NOT EXISTS { (n)-[:{{membershipType}}]-(other:{{graphLabel}}) WHERE other.{{graphKey}} < g.{{graphKey}} }
  RETURN 'member' AS place, property, count(*) AS found
UNION ALL
  UNWIND $surplusMembershipMaskProperties AS property
  UNWIND ofNodes AS memberships
  UNWIND memberships AS m
  WITH property
  WHERE m[property] IS NOT NULL
  RETURN 'membership' AS place, property, count(*) AS found
UNION ALL
  UNWIND former AS pair
  WITH g, pair[0] AS n
  WHERE NOT EXISTS { (n)--(other) WHERE other <> g AND other.{{fingerprintProperty}} IS NOT NULL }
  UNWIND [name IN keys(n) WHERE name =~ $maskPattern] AS property
  RETURN 'member' AS place, property, count(*) AS found
UNION ALL
  UNWIND former AS pair
  UNWIND pair[1] AS m
  UNWIND [name IN keys(m) WHERE name =~ $maskPattern] AS property
  RETURN 'membership' AS place, property, count(*) AS found
}
RETURN place, property, sum(found) AS count
