/** Lists the fixtures that the Python peers computed in float64. */
import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { type ParityFixture, readParityFile } from '../../../fixtures/parity/parity-file.ts'
import type { EncodedGraph } from '../../../src/graph/encoded-graph.ts'
import { graphOf } from '../../graph/graph-arrays.ts'

const arraySchema = z.object({ shape: z.array(z.number()), data: z.array(z.number()) })
export type FixtureArray = z.output<typeof arraySchema>

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

/** [file name, fixture] of every parity fixture. */
export function parityFixtures(): [string, ParityFixture][] {
  return jsonFiles('parity').map((file) => [file, readParityFile(new URL(file, folder('parity')))])
}

/** [name, case] of every theorem case. */
export function theoremCases(): [string, TheoremCase][] {
  return jsonFiles('theorem').flatMap((file) => {
    const { cases } = theoremSchema.parse(JSON.parse(readFileSync(new URL(file, folder('theorem')), 'utf8')))
    return cases.map((one, i): [string, TheoremCase] => [`${file} case ${i}`, one])
  })
}

/** The graph G of a theorem case. */
export function graphOfCase({ num_nodes, x, edge_index }: TheoremCase): EncodedGraph {
  const [width = 0, edgeCount = 0] = [x.shape[1], edge_index.shape[1]]
  const nodes = Array.from({ length: num_nodes }, (_, v) => v)
  const edges = Array.from({ length: edgeCount }, (_, e) => ({
    from: edge_index.data[e] ?? 0,
    to: edge_index.data[edgeCount + e] ?? 0,
  }))
  const rows = nodes.map((v) => x.data.slice(v * width, (v + 1) * width))
  return { ...graphOf(rows, edges), key: 'G', nodeKeys: nodes.map(String), y: null, targets: null }
}
