// purpose: Some of the nodes with a label, with their properties; long texts and lists cut short
// mode: read
// params: {{label}}, $skip, $limit, $textLimit (characters), $listLimit (values)
// returns: a row per node: properties ([name, value, size of a list or null] each)
MATCH (n:{{label}})
WITH n
SKIP $skip
LIMIT $limit
RETURN
  [name IN keys(n) | CASE
    WHEN n[name] IS :: STRING NOT NULL THEN [name, left(n[name], $textLimit), null]
    WHEN n[name] IS :: LIST<ANY> NOT NULL THEN [name, n[name][..$listLimit], size(n[name])]
    ELSE [name, n[name], null]
  END] AS properties
