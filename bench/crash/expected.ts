/** What a model says of the graphs as they are now, computed apart from any sync. */
import { keyText } from '../../src/graph/subgraph.ts'
import { loadBackend } from '../../src/model/backend.ts'
import type { Database } from '../../src/neo4j/database.ts'
import { changedGraphs, noChanges } from '../../src/pipeline/changed-graphs.ts'
import { preflight } from '../../src/pipeline/preflight.ts'
import { sourcePages } from '../../src/pipeline/source.ts'
import { fingerprintsWith } from '../../src/pipeline/stored-fingerprints.ts'
import { createScorer } from '../../src/scoring/score.ts'
import { loadStoredModel } from '../../src/write-back/model-store.ts'
import { modelFolder } from './client.ts'
import { crashConfig, crashModelName } from './graphs.ts'
import type { Properties, WrittenGraph } from './written.ts'

/** As they are to be written, without run and time. By the key of the graph. */
export async function expectedGraphs(database: Database, version: number): Promise<ReadonlyMap<string, WrittenGraph>> {
  const config = crashConfig(version, modelFolder)
  const source = { database, config, summary: await preflight(database, config) }
  const model = await loadStoredModel(database, crashModelName, String(version))
  await loadBackend()
  const scorer = createScorer(model)
  const fingerprints = fingerprintsWith(model, config)
  const expected = new Map<string, WrittenGraph>()
  try {
    for await (const { graphs, problems } of sourcePages(source)) {
      const unscored = graphs.map(({ head, ...graph }) => ({ ...graph, head: { ...head, fingerprint: null } }))
      const changed = changedGraphs({ graphs: unscored, problems }, model, fingerprints, noChanges())
      const scores = await scorer.score(changed.map(({ encoded }) => encoded))
      scores.forEach(({ key, prediction, probability, probabilities, embedding, masks, nodeKeys, layers }, i) => {
        const masksOf = (v: number): Properties =>
          Object.fromEntries(
            Array.from({ length: layers }, (_, k) => [`smgMaskLayer${k + 1}`, masks[k * nodeKeys.length + v]]),
          )
        expected.set(keyText(key), {
          properties: {
            smgEmbedding: Array.from(embedding),
            smgFingerprint: changed[i]?.fingerprint,
            smgModel: `${model.name}:${model.version}`,
            smgPrediction: prediction,
            smgProbabilities: probabilities,
            smgProbability: probability,
          },
          members: Object.fromEntries(nodeKeys.map((member, v) => [keyText(member), masksOf(v)])),
        })
      })
    }
  } finally {
    scorer.dispose()
  }
  return expected
}
