/** What masks are measured on, as text that the Python peer reads. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { motifsData } from '../../bench/masks/motifs-data.ts'
import { ringsData } from '../../bench/masks/rings-data.ts'
import { tuText, writeTuText } from '../../bench/masks/tu-text.ts'
import { openTuDataset } from '../../src/graph/tudataset.ts'

describe('tuText()', () => {
  it('numbers nodes from 1 over all graphs, and lists each edge both ways', () => {
    const [first, second] = motifsData().graphs
    if (first === undefined || second === undefined) throw new Error('expected two graphs')
    const files = tuText({ name: 'two', graphs: [first, second] })
    const lines = (file: string) => (files[file] ?? '').trimEnd().split('\n')
    const nodeCount = first.graph.order + second.graph.order
    expect(lines('two_A.txt')).toHaveLength(2 * (first.graph.size + second.graph.size))
    expect(new Set(lines('two_A.txt').flatMap((line) => line.split(', ').map(Number)))).toEqual(
      new Set(Array.from({ length: nodeCount }, (_, v) => v + 1)),
    )
    expect(lines('two_graph_labels.txt')).toEqual(['0', '1'])
    expect(lines('two_truth.txt').filter((line) => line === '1')).toHaveLength(10)
    expect(files).not.toHaveProperty('two_node_labels.txt')
  })

  it('is read again as the payment cases that it is of', async () => {
    const { name, graphs: cases } = await ringsData(20)
    const folder = await mkdtemp(join(tmpdir(), 'smg-tu-'))
    try {
      const dataset = await openTuDataset(await writeTuText(folder, { name, graphs: cases }))
      const { report } = dataset
      let at = 0
      for await (const { label, nodes } of dataset.graphs()) {
        const one = cases[at++]
        expect(label).toBe(BigInt(one?.label ?? -1))
        expect(nodes.map(({ labels }) => labels.map(Number))).toEqual(one?.nodeLabels)
      }
      expect(report).toMatchObject({ graphs: 20 })
      expect(at).toBe(20)
      await dataset.close()
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
