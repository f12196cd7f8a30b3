// purpose: An evaluation is recorded once for each model in it
// mode: auto
// params: none
// returns: nothing
CREATE CONSTRAINT smg_evaluation_key IF NOT EXISTS
FOR (e:SmgEvaluation)
REQUIRE (e.evaluationId, e.learner) IS UNIQUE
