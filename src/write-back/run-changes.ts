/** What a run changes: for each transaction of it, what was predicted of its graphs, and what was there before. */
import { keyText } from '../graph/subgraph.ts'
import type { RunChanges } from '../neo4j/catalogue.ts'
import { writtenProperties } from './properties.ts'
import type { WritableScore, WriteOptions } from './score-rows.ts'

/** Of the transaction that writes `chunk`, written with the scores or not at all. */
export function changesOf(chunk: readonly WritableScore[], { runId, writing }: WriteOptions): RunChanges {
  const { prediction, probability } = writtenProperties(writing.prefix)
  const [first] = chunk
  const isNumber = typeof first?.score.prediction === 'number'
  return {
    runId,
    // A run writes every graph once.
    part: first === undefined ? '' : `from ${keyText(first.score.key)}`,
    predictionProperty: prediction,
    probabilityProperty: probability,
    predictionType: isNumber ? 'FLOAT NOT NULL' : 'STRING NOT NULL',
    noPrediction: isNumber ? Number.NaN : '',
    noProbability: Number.NaN,
  }
}
