/** Reads the fixtures that the Python peers computed in float64. */
import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Batch, reverseEdges } from '../../../src/graph/batch.ts'
import type { NetworkShape, Weights } from '../../../src/model/parameters.ts'

const arraySchema = z.object({ shape: z.array(z.number()), data: z.array(z.number()) })
export type FixtureArray = z.output<typeof arraySchema>

const paritySchema = z.object({
  format: z.literal('smg-parity/1'),
  variant: z.enum(['smg', 'smg-jk']),
  config: z.object({ in_channels: z.number(), hidden: z.number(), layers: z.number(), out_channels: z.number() }),
  weights: z.record(z.string(), arraySchema),
  input: z.object({
    num_graphs: z.number(),
    x: arraySchema,
    edge_index: arraySchema,
    batch: arraySchema,
    y: arraySchema,
  }),
  expected: z.object({
    masks: z.array(arraySchema),
    node_embeddings: z.array(arraySchema),
    graph_embedding: arraySchema,
    logits: arraySchema,
    loss: z.number(),
    gradients: z.record(z.string(), arraySchema),
  }),
})
export type ParityFixture = z.output<typeof paritySchema>

const theoremSchema = z.object({
  format: z.literal('smg-theorem/1'),
  cases: z.array(
    z.object({
      num_nodes: z.number(),
      subset: z.array(z.number()),
      x: arraySchema,
      edge_index: arraySchema,
      weights: z.array(arraySchema),
      masks: arraySchema,
      expected: z.object({ h_G: arraySchema, h_S: arraySchema, h_G_unmasked: arraySchema }),
    }),
  ),
})
export type TheoremCase = z.output<typeof theoremSchema>['cases'][number]

const folder = (name: string) => new URL(`../../../fixtures/${name}/`, import.meta.url)
const jsonFiles = (name: string) =>
  readdirSync(folder(name))
    .filter((file) => file.endsWith('.json'))
    .sort()
const read = (name: string, file: string): unknown => JSON.parse(readFileSync(new URL(file, folder(name)), 'utf8'))

/** [file name, fixture] of every parity fixture. */
export function parityFixtures(): [string, ParityFixture][] {
  return jsonFiles('parity').map((file) => [file, paritySchema.parse(read('parity', file))])
}

/** [name, case] of every theorem case. */
export function theoremCases(): [string, TheoremCase][] {
  return jsonFiles('theorem').flatMap((file) =>
    theoremSchema.parse(read('theorem', file)).cases.map((one, i): [string, TheoremCase] => [`${file} case ${i}`, one]),
  )
}

/** edge_index [2, E] in any order -> the batch of `graphCount` graphs that hold the rows of `batch`. */
export function batchOf(
  x: FixtureArray,
  edgeIndex: FixtureArray,
  batch: readonly number[],
  y: readonly number[],
): Batch {
  const [nodeCount = 0, featureCount = 0] = x.shape
  const edgeCount = edgeIndex.shape[1] ?? 0
  const pairs = Array.from({ length: edgeCount }, (_, e) => ({
    u: edgeIndex.data[e] ?? 0,
    v: edgeIndex.data[edgeCount + e] ?? 0,
  })).sort((a, b) => a.v - b.v || a.u - b.u)
  const edges = { source: Int32Array.from(pairs, ({ u }) => u), target: Int32Array.from(pairs, ({ v }) => v) }
  const starts = Array.from({ length: y.length + 1 }, (_, g) => batch.filter((graph) => graph < g).length)
  return {
    numGraphs: y.length,
    nodeCount,
    featureCount,
    x: Float32Array.from(x.data),
    edges,
    reversedEdges: reverseEdges(edges, nodeCount),
    batch: Int32Array.from(batch),
    nodeStart: Int32Array.from(starts),
    y: Int32Array.from(y),
  }
}

export function shapeOf({ variant, config }: ParityFixture): NetworkShape {
  return {
    variant,
    layers: config.layers,
    hidden: config.hidden,
    inputProjection: true,
    featureCount: config.in_channels,
    classCount: config.out_channels,
  }
}

export function weightsOf(arrays: Readonly<Record<string, FixtureArray>>): Weights {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]),
  )
}
