import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { DirectedGraph, MultiDirectedGraph, MultiGraph, UndirectedGraph } from 'graphology'
import { beforeAll, describe, expect, it } from 'vitest'
import { InterruptedError, SourceDataError } from '../../src/errors.ts'
import { loadModel, saveModel } from '../../src/model/checkpoint.ts'
import type { TrainedModel } from '../../src/model/model.ts'
import { type GraphPredictOptions, openPredictor } from '../../src/pipeline/graph-predictions.ts'
import { ring, rings, turnedAround } from './support/rings.ts'
import { ask, askOne, train } from './support/small.ts'

describe('predict()', () => {
  let model: TrainedModel
  beforeAll(async () => {
    model = await train({}, rings(40), { epochs: 60, learningRate: 0.02 })
  }, 60_000)

  it('finds what it has learned, with probabilities, embedding and a mask for each node and layer', async () => {
    const predictions = await ask(model, [ring(), { graph: ring({ nitrogens: [4] }), key: 'pyridine' }])
    expect(predictions.map(({ key, prediction }) => [key, prediction])).toEqual([
      ['0', 'false'],
      ['pyridine', 'true'],
    ])
    for (const { probability, probabilities, embedding, masks, maskChannels, prediction } of predictions) {
      expect(probabilities?.[prediction === 'true' ? 1 : 0]).toBe(probability)
      expect(probabilities?.reduce((sum, each) => sum + each)).toBeCloseTo(1, 12)
      expect(embedding).toHaveLength(2 * 8)
      expect([...masks.keys()]).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5'])
      for (const mask of masks.values()) expect([mask.length, mask.every((m) => m > 0 && m <= 1)]).toEqual([2, true])
      expect(maskChannels).toBeNull()
    }
  })

  it('says the same on the native backend', async () => {
    const onNative = await ask(model, rings(2), { backend: 'native' })
    const onCpu = await ask(model, rings(2))
    onCpu.forEach(({ probability, masks }, g) => {
      expect(onNative[g]?.probability).toBeCloseTo(probability ?? Number.NaN, 5)
      expect(onNative[g]?.masks.get('c1')?.[1]).toBeCloseTo(masks.get('c1')?.[1] ?? Number.NaN, 5)
    })
  })

  it('gives each node of an m- variant a mask per channel, whose mean is its mask', async () => {
    const channels = await train({ variant: 'm-smg', hidden: 4 }, rings(20))
    const { embedding, masks, maskChannels } = await askOne(channels, ring({ nitrogens: [2] }))
    expect(embedding).toHaveLength(4)
    for (const [node, mask] of masks) {
      const ofChannels = maskChannels?.get(node) ?? new Float32Array()
      expect(ofChannels).toHaveLength(2 * 4)
      for (const k of [0, 1]) {
        const [a = 0, b = 0, c = 0, d = 0] = ofChannels.subarray(4 * k, 4 * k + 4)
        expect((a + b + c + d) / 4).toBeCloseTo(mask[k] ?? Number.NaN, 6)
      }
    }
  })

  it('says the same of a graph as a directed, undirected, mixed or multi graph', async () => {
    const mixed = ring({ nitrogens: [1] })
    const expected = await askOne(model, mixed)
    const multi = new MultiDirectedGraph()
    for (const copy of [new UndirectedGraph(), new DirectedGraph(), multi]) {
      mixed.forEachNode((node, attributes) => copy.addNode(node, attributes))
      mixed.forEachEdge((_edge, _attributes, source, target) => copy.addEdge(source, target))
      expect(await askOne(model, copy)).toEqual(expected)
    }
    multi.addEdge('c0', 'c1')
    multi.addEdge('c1', 'c0')
    multi.addEdge('c3', 'c3')
    expect(await askOne(model, multi)).toEqual({
      ...expected,
      unseen: { parallelEdges: 2, selfLoops: 1, unseenCategories: 0 },
    })
  })

  it('follows directed edges in the orientation of the model, undirected ones both ways', async () => {
    const natural = { ...model, orientation: 'NATURAL' } as const
    const reverse = { ...model, orientation: 'REVERSE' } as const
    const path = (edges: readonly string[], type: 'directed' | 'undirected') => {
      const graph = new MultiGraph({ type })
      for (const node of 'abc') graph.addNode(node, { element: node === 'a' ? 'N' : 'C' })
      for (const [from, to] of edges) graph.addEdge(from, to)
      return graph
    }
    const along = await askOne(natural, path(['ab', 'bc'], 'directed'))
    expect(await askOne(reverse, path(['ab', 'bc'], 'directed'))).not.toEqual(along)
    expect(await askOne(reverse, path(['cb', 'ba'], 'directed'))).toEqual(along)
    expect(await askOne(natural, path(['ab', 'bc'], 'undirected'))).toEqual(
      await askOne(model, path(['ab', 'bc'], 'directed')),
    )
  })

  it('takes nodes with any keys', async () => {
    // Keys such as 'constructor' graphology itself takes for neighbours that are there.
    const key = fc
      .oneof(fc.string(), fc.constantFrom('', ' ', 'a -> b', '7', '\u{1F600}', '\0'))
      .filter((text) => !(text in {}))
    const plain = ring({ nitrogens: [3] })
    const expected = await askOne(model, plain)
    const predictor = await openPredictor(model, { backend: 'cpu' })
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(key, { minLength: 6, maxLength: 6 }), async (names) => {
        const renamed = new UndirectedGraph()
        const nameOf = (node: string) => names[Number(node.slice(1))] ?? ''
        plain.forEachNode((node, attributes) => renamed.addNode(nameOf(node), attributes))
        plain.forEachEdge((_edge, _attributes, source, target) => renamed.addEdge(nameOf(source), nameOf(target)))
        const [prediction] = await predictor.predict([renamed])
        expect(prediction?.probability).toBeCloseTo(expected.probability ?? Number.NaN, 5)
        for (const [node, mask] of expected.masks)
          expect(prediction?.masks.get(nameOf(node))?.[1]).toBeCloseTo(mask[1] ?? Number.NaN, 5)
      }),
      { numRuns: 30 },
    )
    predictor.dispose()
  })

  it('does not depend on the order of nodes and edges, nor on the size of batches', async () => {
    const graphs = rings(9)
    const predictions = await ask(model, graphs)
    expect(await ask(model, graphs.map(turnedAround))).toEqual(predictions)
    const oneByOne = await ask(model, graphs, { limits: { graphs: 1 } })
    expect(oneByOne.map(({ prediction }) => prediction)).toEqual(predictions.map(({ prediction }) => prediction))
    oneByOne.forEach(({ probability }, g) => {
      expect(probability).toBeCloseTo(predictions[g]?.probability ?? Number.NaN, 6)
    })
    expect(await ask(model, [])).toEqual([])
  })

  it('counts values that no training graph had', async () => {
    const graph = ring()
    graph.setNodeAttribute('c0', 'element', 'Xe')
    const warnings: string[] = []
    const { unseen } = await askOne(model, graph, { onWarning: (warning) => warnings.push(warning) })
    expect(unseen).toEqual({ parallelEdges: 0, selfLoops: 0, unseenCategories: 1 })
    expect(warnings).toContain('1 values that no training graph had were encoded as all zeros')
  })

  it('names graph, node and attribute of values that do not fit', async () => {
    const graph = ring()
    graph.setNodeAttribute('c5', 'element', 6)
    await expect(ask(model, [ring(), { graph, key: 'odd' }])).rejects.toThrow(
      new SourceDataError(
        "Cannot encode node attribute 'element': expected a STRING as in training, got INTEGER at node c5 of graph odd. Give those nodes such a value, or take the attribute out of nodeFeatures and train anew",
      ),
    )
    await expect(ask(model, [new MultiGraph()])).rejects.toThrow('Cannot encode graph 0: expected at least one')
  })

  it('refuses unknown options, and ends when it is interrupted', async () => {
    const misspelt: GraphPredictOptions = JSON.parse('{ "withot": ["c1"] }')
    await expect(ask(model, [], misspelt)).rejects.toThrow("unknown option withot; did you mean 'without'?")
    await expect(ask(model, [ring()], { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(InterruptedError)
  })

  it('says the same after saving and loading', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'smg-graph-model-'))
    try {
      await saveModel(folder, model)
      const again = await loadModel(folder, 'model')
      expect(again).toEqual(model)
      expect(await ask(again, rings(6))).toEqual(await ask(model, rings(6)))
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
