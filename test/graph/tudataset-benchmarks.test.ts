/** The reader on the published benchmarks, where their zips lie beside the repository. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openTuDataset } from '../../src/graph/tudataset.ts'
import type { TuColumns, TuReport } from '../../src/graph/tudataset-types.ts'

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const undirected = { directed: false, duplicateEdges: 0, selfLoops: 0, emptyGraphs: 0 }

interface Benchmark {
  readonly name: string
  readonly report: Partial<TuReport>
  readonly columns: Partial<TuColumns>
  /** Graphs of each class. */
  readonly classes: Readonly<Record<string, number>>
}

// Graphs, nodes and edges as published; class sizes and isolated nodes counted from the text files.
const benchmarks: readonly Benchmark[] = [
  {
    name: 'MUTAG',
    report: { ...undirected, graphs: 188, nodes: 3371, edges: 3721, edgeLines: 7442, isolatedNodes: 0 },
    columns: { nodeLabels: 1, edgeLabels: 1, nodeAttributes: 0 },
    classes: { '1': 125, '-1': 63 },
  },
  {
    name: 'ENZYMES',
    report: { ...undirected, graphs: 600, nodes: 19580, edges: 37282, edgeLines: 74564, isolatedNodes: 106 },
    columns: { nodeLabels: 1, nodeAttributes: 18, edgeLabels: 0 },
    classes: { '1': 100, '2': 100, '3': 100, '4': 100, '5': 100, '6': 100 },
  },
  {
    name: 'IMDB-BINARY', // lists every directed edge twice
    report: { ...undirected, graphs: 1000, nodes: 19773, edges: 96531, edgeLines: 386124, duplicateEdges: 193062 },
    columns: { nodeLabels: 0, nodeAttributes: 0, edgeLabels: 0 },
    classes: { '0': 500, '1': 500 },
  },
]

describe('openTuDataset()', () => {
  for (const { name, report, columns, classes } of benchmarks) {
    const path = `${folder}${name}.zip`
    it.skipIf(!existsSync(path))(`reads ${name} whole`, async () => {
      const dataset = await openTuDataset(path)
      try {
        expect(dataset.name).toBe(name)
        expect(dataset.report).toMatchObject(report)
        expect(dataset.columns).toMatchObject(columns)
        const found: Record<string, number> = {}
        const read = { graphs: 0, nodes: 0, edges: 0 }
        for await (const { label, nodes, edges } of dataset.graphs()) {
          found[String(label)] = (found[String(label)] ?? 0) + 1
          read.graphs++
          read.nodes += nodes.length
          read.edges += edges.length
        }
        expect(found).toEqual(classes)
        expect(dataset.report).toMatchObject(read)
      } finally {
        await dataset.close()
      }
    })
  }

  it.skipIf(!existsSync(`${folder}MUTAG.zip`))('reads the first molecule of MUTAG as its files list it', async () => {
    const dataset = await openTuDataset(`${folder}MUTAG.zip`)
    try {
      for await (const { id, label, nodes, edges } of dataset.graphs()) {
        expect([id, label, nodes.length, edges.length]).toEqual([1, 1n, 17, 19])
        expect(nodes[14]).toEqual({ id: 15, labels: [1n], attributes: [] })
        expect(edges.slice(0, 2)).toEqual([
          { source: 1, target: 2, labels: [0n], attributes: [] },
          { source: 1, target: 6, labels: [0n], attributes: [] },
        ])
        break
      }
    } finally {
      await dataset.close()
    }
  })
})
