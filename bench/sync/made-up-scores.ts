/** Scores of the size that the model gives, made up: to measure writing alone. */
import { createRandom, type Random } from '../../src/graph/random.ts'
import type { WritableScore } from '../../src/write-back/score-rows.ts'
import { graphSizes } from './synthetic-graphs.ts'

export interface ScoreSize {
  readonly layers: number
  /** Numbers in an embedding. */
  readonly embedding: number
}

/** Of every graph of the database with so many nodes, `pageSize` graphs at a time. */
export function* madeUpScorePages(nodeCount: number, size: ScoreSize, pageSize: number): Generator<WritableScore[]> {
  const random = createRandom(1, 'scores')
  let page: WritableScore[] = []
  let [graph, firstNode] = [0, 0]
  for (const members of graphSizes(nodeCount)) {
    page.push(madeUpScore({ graph, firstNode, members }, size, random))
    if (page.length === pageSize) {
      yield page
      page = []
    }
    graph++
    firstNode += members
  }
  if (page.length > 0) yield page
}

function madeUpScore(
  { graph, firstNode, members }: { graph: number; firstNode: number; members: number },
  { layers, embedding }: ScoreSize,
  random: Random,
): WritableScore {
  const probability = random.nextFloat()
  const numbers = (length: number) => Float32Array.from({ length }, () => random.nextFloat())
  return {
    score: {
      key: BigInt(graph),
      prediction: 'true',
      probability,
      probabilities: [1 - probability, probability],
      embedding: numbers(embedding),
      nodeKeys: Array.from({ length: members }, (_, v) => BigInt(firstNode + v)),
      masks: numbers(layers * members),
      maskChannels: null,
      layers,
    },
    fingerprint: '0'.repeat(64),
  }
}
