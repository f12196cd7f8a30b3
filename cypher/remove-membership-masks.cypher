// purpose: Take the masks that the product wrote from membership relationships
// mode: auto
// params: {{firstMaskProperty}}, $maskPattern (regular expression of the mask properties)
// returns: one row: relationshipCount
MATCH ()-[m]->()
WHERE m.{{firstMaskProperty}} IS NOT NULL
CALL (m) {
  FOREACH (name IN [name IN keys(m) WHERE name =~ $maskPattern] | SET m[name] = null)
} IN TRANSACTIONS OF 1000 ROWS
RETURN count(m) AS relationshipCount
