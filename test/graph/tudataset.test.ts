import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InterruptedError, SourceDataError } from '../../src/errors.ts'
import { openTuDataset } from '../../src/graph/tudataset.ts'
import type { TuGraph, TuOptions, TuReport } from '../../src/graph/tudataset-types.ts'
import { zipOf } from './zip.ts'

type Files = Readonly<Record<string, string>>

/** Graph 1: a triangle. Graph 2: one edge and an isolated node. Every edge in both directions. */
const twoGraphs: Files = {
  'T_A.txt': '1, 2\n2, 1\n2, 3\n3, 2\n1, 3\n3, 1\n4, 5\n5, 4\n',
  'T_graph_indicator.txt': '1\n1\n1\n2\n2\n2\n',
  'T_graph_labels.txt': '-1\n7\n',
}

let folder = ''
let temporaryDirectory = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smg-test-'))
  temporaryDirectory = join(folder, 'temporary')
  await mkdir(temporaryDirectory)
})

afterEach(async () => {
  const left = await readdir(temporaryDirectory)
  await rm(folder, { recursive: true })
  expect(left).toEqual([])
})

describe('openTuDataset()', () => {
  it('hands over graph by graph, one edge for both directions', async () => {
    const { graphs, report } = await read(twoGraphs)
    expect(graphs).toEqual([
      {
        id: 1,
        label: -1n,
        attributes: [],
        nodes: [node(1), node(2), node(3)],
        edges: [edge(1, 2), edge(1, 3), edge(2, 3)],
      },
      { id: 2, label: 7n, attributes: [], nodes: [node(4), node(5), node(6)], edges: [edge(4, 5)] },
    ])
    expect(report).toEqual({
      directed: false,
      graphs: 2,
      nodes: 6,
      edges: 4,
      edgeLines: 8,
      duplicateEdges: 0,
      selfLoops: 0,
      isolatedNodes: 1,
      emptyGraphs: 0,
    })
  })

  it('drops duplicate lines and self-loops and counts them', async () => {
    const pairs = '1, 2\n1, 2\n2, 1\n3, 3\n2, 1\n1, 2\n3, 3\n4, 5\n5, 4\n'
    const { graphs, report } = await read({ ...twoGraphs, 'T_A.txt': pairs })
    expect(graphs.map(({ edges }) => edges)).toEqual([[edge(1, 2)], [edge(4, 5)]])
    expect(report).toMatchObject({ directed: false, edgeLines: 9, duplicateEdges: 3, selfLoops: 2, isolatedNodes: 2 })
  })

  it('keeps every direction of a data set in which one edge has no reverse', async () => {
    const { graphs, report } = await read({ ...twoGraphs, 'T_A.txt': '1, 2\n2, 1\n3, 2\n4, 5\n5, 4\n' })
    expect(graphs.map(({ edges }) => edges)).toEqual([
      [edge(1, 2), edge(2, 1), edge(3, 2)],
      [edge(4, 5), edge(5, 4)],
    ])
    expect(report).toMatchObject({ directed: true, edges: 5 })
  })

  it('reads labels and attributes of nodes, edges and graphs, in several columns', async () => {
    const files = {
      'T_A.txt': '1, 2\n2, 1\n3, 4\n4, 3\n',
      'T_graph_indicator.txt': '1\n1\n2\n2\n',
      'T_graph_attributes.txt': '0.5, -2\n1e2, 3\n',
      'T_node_labels.txt': '-3, 0\n5, 1\n5, 0\n12, 1\n',
      'T_node_attributes.txt': '1.5\n-2.25\n0\n1e-3\n',
      'T_edge_labels.txt': '8\n8\n-1\n-1\n',
      'T_edge_attributes.txt': '0.1, 0.2\n0.1, 0.2\n0.3, 0.4\n0.3, 0.4\n',
    }
    const { graphs, columns } = await read(files)
    expect(columns).toEqual({
      nodeLabels: 2,
      nodeAttributes: 1,
      edgeLabels: 1,
      edgeAttributes: 2,
      graphLabels: 0,
      graphAttributes: 2,
    })
    expect(graphs).toEqual([
      {
        id: 1,
        label: null,
        attributes: [0.5, -2],
        nodes: [
          { id: 1, labels: [-3n, 0n], attributes: [1.5] },
          { id: 2, labels: [5n, 1n], attributes: [-2.25] },
        ],
        edges: [{ source: 1, target: 2, labels: [8n], attributes: [0.1, 0.2] }],
      },
      {
        id: 2,
        label: null,
        attributes: [100, 3],
        nodes: [
          { id: 3, labels: [5n, 0n], attributes: [0] },
          { id: 4, labels: [12n, 1n], attributes: [0.001] },
        ],
        edges: [{ source: 3, target: 4, labels: [-1n], attributes: [0.3, 0.4] }],
      },
    ])
  })

  it('keeps both directions where their labels differ, and parallel edges with other labels', async () => {
    const files = {
      'T_A.txt': '1, 2\n2, 1\n1, 2\n',
      'T_graph_indicator.txt': '1\n1\n',
      'T_edge_labels.txt': '1\n2\n3\n',
    }
    const { graphs, report } = await read(files)
    const labelled = (source: number, target: number, label: bigint) => ({
      source,
      target,
      labels: [label],
      attributes: [],
    })
    expect(graphs[0]?.edges).toEqual([labelled(1, 2, 1n), labelled(1, 2, 3n), labelled(2, 1, 2n)])
    expect(report).toMatchObject({ directed: true, duplicateEdges: 0 })
  })

  it('hands over graphs without nodes and counts them', async () => {
    const files = { 'T_A.txt': '', 'T_graph_indicator.txt': '2\n2\n4\n', 'T_graph_labels.txt': '1\n2\n3\n4\n' }
    const { graphs, report } = await read(files)
    expect(graphs.map(({ id, label, nodes }) => [id, label, nodes.map((n) => n.id)])).toEqual([
      [1, 1n, []],
      [2, 2n, [1, 2]],
      [3, 3n, []],
      [4, 4n, [3]],
    ])
    expect(report).toMatchObject({ emptyGraphs: 2, isolatedNodes: 3, edges: 0, directed: false })
  })

  it('sorts edges whose lines come in any order over many temporary files', async () => {
    // A thousand paths of four nodes, dealt out edge position by edge position; long blanks make the file large.
    const graphCount = 1000
    const lines: string[] = []
    for (const step of [2, 0, 1])
      for (let graph = graphCount - 1; graph >= 0; graph--) {
        const from = 4 * graph + step + 1
        lines.push(`${from},${' '.repeat(8000)}${from + 1}`, `${from + 1}, ${from}`)
      }
    const indicator = Array.from({ length: 4 * graphCount }, (_, index) => Math.floor(index / 4) + 1)
    const progress: number[] = []
    const { graphs, report } = await read(
      { 'T_A.txt': lines.join('\n'), 'T_graph_indicator.txt': indicator.join('\n') },
      { onProgress: (done, total) => progress.push(done / total) },
    )
    expect(report).toMatchObject({ directed: false, edges: 3 * graphCount, isolatedNodes: 0 })
    expect(graphs.map(({ edges }) => edges)).toEqual(
      Array.from({ length: graphCount }, (_, graph) => [1, 2, 3].map((n) => edge(4 * graph + n, 4 * graph + n + 1))),
    )
    expect(progress.length).toBeGreaterThan(4)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(1)
  })

  it('gives the graphs again when asked again', async () => {
    await using(twoGraphs, async (path) => {
      const dataset = await openTuDataset(path, { temporaryDirectory })
      const first = await all(dataset.graphs())
      expect(await all(dataset.graphs())).toEqual(first)
      await dataset.close()
      expect(() => dataset.graphs()).toThrow(TypeError)
      await dataset.close()
    })
  })

  it.each(['', 'T/', 'T/raw/', 'raw/'])('finds the files under PATH/%s', async (inner) => {
    const { name, graphs } = await read(prefixed(inner, twoGraphs))
    expect(name).toBe('T')
    expect(graphs).toHaveLength(2)
  })

  it.each(['', 'T/', 'some/where/'])('finds the files in a zip under "%s"', async (inner) => {
    const path = join(folder, 'download.zip')
    await writeFile(path, zipOf({ ...prefixed(inner, twoGraphs), [`__MACOSX/${inner}._T_A.txt`]: 'x', README: 'x' }))
    const dataset = await openTuDataset(path, { temporaryDirectory })
    const graphs = await all(dataset.graphs())
    await dataset.close()
    expect(dataset.name).toBe('T')
    expect(graphs.map(({ edges }) => edges.length)).toEqual([3, 1])
  })
})

describe('openTuDataset() refuses', () => {
  it.each<[string, Files, string]>([
    [
      'a node id that is not there',
      { 'T_A.txt': '1, 2\n2, 7\n' },
      'Cannot read T_A.txt line 2: expected node ids from 1 to 6, got 7',
    ],
    ['a node id of 0', { 'T_A.txt': '0, 2\n' }, 'Cannot read T_A.txt line 1: expected node ids from 1 to 6, got 0'],
    [
      'an edge that joins two graphs',
      { 'T_A.txt': '1, 2\n2, 1\n3, 4\n' },
      'Cannot read T_A.txt line 3: expected two nodes of the same graph, got node 3 of graph 1 and node 4 of graph 2',
    ],
    [
      'nodes that are not grouped by graph',
      { 'T_graph_indicator.txt': '1\n2\n1\n' },
      'Cannot read T_graph_indicator.txt line 3: expected nodes grouped by graph in ascending order (graph 2 or later), got graph 1',
    ],
    [
      'a graph id of 0',
      { 'T_graph_indicator.txt': '0\n' },
      'Cannot read T_graph_indicator.txt line 1: expected a graph id from 1, got 0',
    ],
    [
      'fewer labels than graphs',
      { 'T_graph_labels.txt': '1\n' },
      'Cannot read T_graph_labels.txt: expected one row for each graph of T_graph_indicator.txt, got only 1',
    ],
    [
      'more labels than graphs',
      { 'T_graph_labels.txt': '1\n2\n3\n' },
      'Cannot read T_graph_labels.txt: expected one row for each graph of T_graph_indicator.txt (2), got more',
    ],
    [
      'fewer node labels than nodes',
      { 'T_node_labels.txt': '1\n2\n' },
      'Cannot read T_node_labels.txt: expected one row for each node of T_graph_indicator.txt, got only 2',
    ],
    [
      'fewer edge labels than lines',
      { 'T_edge_labels.txt': '1\n2\n' },
      'Cannot read T_edge_labels.txt: expected one row for each line of T_A.txt, got only 2',
    ],
    [
      'more edge attributes than lines',
      { 'T_edge_attributes.txt': '1\n'.repeat(9) },
      'Cannot read T_edge_attributes.txt: expected one row for each line of T_A.txt (8), got more',
    ],
    [
      'a class that is no whole number',
      { 'T_graph_labels.txt': '1\nyes\n' },
      'Cannot read T_graph_labels.txt line 2: expected a whole number within ±(2^53 - 1), got "yes"',
    ],
    [
      'an attribute that is no number',
      { 'T_node_attributes.txt': '1, 2\n3, nan\n' },
      'Cannot read T_node_attributes.txt line 2: expected a finite number, got "nan"',
    ],
  ])('%s', async (_what, changed, message) => {
    await expect(read({ ...twoGraphs, ...changed })).rejects.toThrow(new SourceDataError(message))
  })

  it.each(['T_A.txt', 'T_graph_indicator.txt'])('a data set without %s', async (missing) => {
    const files = Object.fromEntries(Object.entries(twoGraphs).filter(([file]) => file !== missing))
    await expect(read(files)).rejects.toThrow(`expected the file ${missing}, found none`)
  })

  it('a folder without a data set, and one with two', async () => {
    await expect(read({ 'README.txt': 'x' })).rejects.toThrow('expected the text files of a TUDataset')
    const two = { ...prefixed('T/', twoGraphs), 'U/U_A.txt': '', 'U/U_graph_indicator.txt': '1\n' }
    await expect(read(two)).rejects.toThrow('expected one data set, got T, U; give the path of one of them')
  })

  it('a path that is not there', async () => {
    await expect(openTuDataset(join(folder, 'nowhere'))).rejects.toBeInstanceOf(SourceDataError)
  })

  it('a file that is no zip, and a zip that is cut short', async () => {
    const path = join(folder, 'T.zip')
    const whole = zipOf(twoGraphs)
    for (const bytes of [Buffer.from('not a zip'), whole.subarray(0, whole.length - 30), Buffer.alloc(0)]) {
      await writeFile(path, bytes)
      await expect(openTuDataset(path, { temporaryDirectory })).rejects.toThrow(
        `Cannot read ${path}: expected a folder or a whole zip archive`,
      )
    }
  })

  it('a zip whose content was changed', async () => {
    const path = join(folder, 'T.zip')
    const whole = zipOf(twoGraphs)
    const content = whole.indexOf('T_A.txt') + 'T_A.txt'.length
    whole.writeUInt8((whole.readUInt8(content + 4) + 1) % 256, content + 4)
    await writeFile(path, whole)
    const refused = openTuDataset(path, { temporaryDirectory })
    await expect(refused).rejects.toBeInstanceOf(SourceDataError)
    await expect(refused).rejects.toThrow('T_A.txt')
  })

  it('to go on once it is interrupted', async () => {
    const controller = new AbortController()
    const opening = read(twoGraphs, { signal: controller.signal, onProgress: () => controller.abort() })
    await expect(opening).rejects.toBeInstanceOf(InterruptedError)
  })
})

interface Read {
  readonly name: string
  readonly report: TuReport
  readonly columns: object
  readonly graphs: readonly TuGraph[]
}

/** Writes the files into a folder, reads everything and closes the data set. */
async function read(files: Files, options: TuOptions = {}): Promise<Read> {
  return using(files, async (path) => {
    const dataset = await openTuDataset(path, { temporaryDirectory, ...options })
    const { name, report, columns } = dataset
    const graphs = await all(dataset.graphs())
    await dataset.close()
    return { name, report, columns, graphs }
  })
}

async function using<T>(files: Files, use: (path: string) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(folder, 'data-'))
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, file)), { recursive: true })
    await writeFile(join(path, file), text)
  }
  return use(path)
}

function prefixed(inner: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [inner + file, text]))
}

async function all(graphs: AsyncIterable<TuGraph>): Promise<TuGraph[]> {
  const result: TuGraph[] = []
  for await (const graph of graphs) result.push(graph)
  return result
}

function node(id: number): TuGraph['nodes'][number] {
  return { id, labels: [], attributes: [] }
}

function edge(source: number, target: number): TuGraph['edges'][number] {
  return { source, target, labels: [], attributes: [] }
}
