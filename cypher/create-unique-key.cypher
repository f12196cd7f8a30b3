// purpose: A key property identifies the nodes of a label; also the index by which they are found
// mode: auto
// params: {{constraint}}, {{label}}, {{key}}
// returns: nothing
CREATE CONSTRAINT {{constraint}} IF NOT EXISTS
FOR (n:{{label}})
REQUIRE n.{{key}} IS UNIQUE
