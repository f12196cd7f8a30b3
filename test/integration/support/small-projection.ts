/** A small projection that a sync takes a moment for: molecules that are rings or chains of 4 to 6 atoms. */
import { parseConfig } from '../../../src/config/load.ts'
import type { Config } from '../../../src/config/schema.ts'
import type { Database } from '../../../src/neo4j/database.ts'
import {
  type CreateCounts,
  createGraphsInBatches,
  type GraphShape,
  type KeyedGraph,
} from '../../../src/pipeline/create-graphs.ts'
import type { SyncOptions } from '../../../src/pipeline/sync-options.ts'

export const smallShape: GraphShape = {
  graphLabel: 'Molecule',
  commonLabel: 'Molecule',
  graphKey: 'moleculeId',
  nodeLabel: 'Atom',
  nodeKey: 'atomId',
  membershipType: 'PART_OF',
  relationshipType: 'BOND',
}

/** Molecules of the projection unless a test asks for more, and their atoms. */
export const smallCounts = { graphs: 12, nodes: 60 }

const elements = ['C', 'N', 'O']

/** Molecule `m1` has 5 atoms, `m2` 6, `m3` 4, and so on; those of even number are rings. Atoms are `m1-1`, `m1-2`, … */
export function smallGraph(number: number): KeyedGraph {
  const key = `m${number}`
  const size = 4 + (number % 3)
  const isRing = number % 2 === 0
  return {
    key,
    properties: { moleculeId: key, shape: isRing ? 'ring' : 'chain' },
    members: Array.from({ length: size }, (_, v) => ({
      atomId: `${key}-${v + 1}`,
      element: elements[(number + v) % elements.length],
      charge: v / 4 - number / 100,
    })),
    relationships: Array.from({ length: isRing ? size : size - 1 }, (_, v) => [
      BigInt(v),
      BigInt((v + 1) % size),
      { order: 1n },
    ]),
  }
}

/** Molecules 1 to `count`. */
export function smallGraphs(count = smallCounts.graphs): KeyedGraph[] {
  return Array.from({ length: count }, (_, i) => smallGraph(i + 1))
}

export function createSmallGraphs(database: Database, graphs: readonly KeyedGraph[] = smallGraphs()) {
  return createGraphsInBatches(database, smallShape, graphs) satisfies Promise<CreateCounts>
}

/** The configuration as a file would hold it: two layers of four units, three epochs; masks are not measured. */
export function smallSettings(modelDirectory: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    projection: {
      name: 'molecules',
      graphLabel: 'Molecule',
      graphKey: 'moleculeId',
      nodeLabels: ['Atom'],
      nodeKey: 'atomId',
      membershipType: 'PART_OF',
      relationshipTypes: ['BOND'],
    },
    featureProperties: ['element', 'charge'],
    targetProperty: 'shape',
    model: { modelName: 'shapes', layers: 2, hidden: 4 },
    training: { epochs: 3, batchSize: 4, learningRate: 0.01 },
    maskQuality: { graphs: 0 },
    modelDirectory,
    ...changes,
  }
}

/** {@link smallSettings}, validated. */
export function smallConfig(...args: Parameters<typeof smallSettings>): Config {
  return parseConfig(smallSettings(...args), 'smg.config.yaml')
}

/** Options of a sync that leaves the same times and the given run id, whenever it runs. */
export function syncOptions(runId: string, changes: Partial<SyncOptions> = {}): SyncOptions {
  return { runId, now: () => new Date('2026-01-02T03:04:05.678Z'), ...changes }
}
