// purpose: One graph node of ours for each graph
// mode: auto
// params: none
// returns: nothing
CREATE CONSTRAINT smg_graph_key IF NOT EXISTS
FOR (g:SmgGraph)
REQUIRE (g.projection, g.key) IS UNIQUE
