/** The graphs of the crash rounds: cases of 4 to 10 accounts, rings and chains; the same ones every time. */
import { parseConfig } from '../../src/config/load.ts'
import type { Config } from '../../src/config/schema.ts'
import type { GraphShape, KeyedGraph } from '../../src/pipeline/create-graphs.ts'

export const crashShape: GraphShape = {
  graphLabel: 'Case',
  commonLabel: 'Case',
  graphKey: 'caseId',
  nodeLabel: 'Account',
  nodeKey: 'accountId',
  membershipType: 'MEMBER_OF',
  relationshipType: 'PAID',
}

const kinds = ['person', 'shop', 'bank'] as const

/** Case `c00001` has 5 accounts, `c00002` 6, and so on; those of even number are rings. */
export function crashGraph(number: number): KeyedGraph {
  const key = `c${String(number).padStart(5, '0')}`
  const size = 4 + (number % 7)
  const isRing = number % 2 === 0
  return {
    key,
    properties: { caseId: key, isRing },
    members: Array.from({ length: size }, (_, v) => ({
      accountId: `${key}-${v + 1}`,
      kind: kinds[(number + v) % kinds.length],
      turnover: ((number * 31 + v * 17) % 100) / 100,
    })),
    relationships: Array.from({ length: isRing ? size : size - 1 }, (_, v) => [
      BigInt(v),
      BigInt((v + 1) % size),
      { amount: BigInt(v + 1) },
    ]),
  }
}

/**
 * The configuration under which version `version` of the model is trained and scores. Versions in turn have two and three
 * layers and learn from other random numbers, so that nobody mistakes the masks of one for those of the next.
 */
export function crashSettings(version: number, modelDirectory: string) {
  return {
    projection: {
      name: 'cases',
      graphLabel: crashShape.graphLabel,
      graphKey: crashShape.graphKey,
      nodeLabels: [crashShape.nodeLabel],
      nodeKey: crashShape.nodeKey,
      membershipType: crashShape.membershipType,
      relationshipTypes: [crashShape.relationshipType],
    },
    featureProperties: ['kind', { property: 'turnover', encoding: 'none' }],
    targetProperty: 'isRing',
    model: { layers: 2 + (version % 2), hidden: 8 },
    training: { epochs: 12, batchSize: 32, learningRate: 0.01, randomSeed: version },
    writing: { pageSize: 20, graphsPerPart: 40 },
    modelDirectory,
  }
}

export const crashModelName = 'cases'

export function crashConfig(version: number, modelDirectory: string): Config {
  return parseConfig(crashSettings(version, modelDirectory), 'of bench:crash')
}
