import { UndirectedGraph } from 'graphology'
import { beforeAll, describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/errors.ts'
import type { TrainedModel } from '../../src/model/model.ts'
import type { NodeMasks } from '../../src/pipeline/graph-masks.ts'
import type { GraphPredictOptions } from '../../src/pipeline/graph-predictions.ts'
import { ring, rings } from './support/rings.ts'
import { ask, askOne, train } from './support/small.ts'

const pyridine = ring({ nitrogens: [2] })
const nodes = pyridine.nodes()
const maskAll = (masks: readonly (number | 'learned')[]): NodeMasks => new Map(nodes.map((node) => [node, masks]))

/** The subgraph that some nodes of a ring induce. */
function induced(members: readonly string[]): UndirectedGraph {
  const graph = new UndirectedGraph()
  for (const node of members) graph.addNode(node, pyridine.getNodeAttributes(node))
  pyridine.forEachEdge((_edge, _attributes, source, target) => {
    if (members.includes(source) && members.includes(target)) graph.addEdge(source, target)
  })
  return graph
}

describe('predict() with given masks', () => {
  let model: TrainedModel
  beforeAll(async () => {
    model = await train({}, rings(40), { epochs: 60, learningRate: 0.02 })
  }, 60_000)

  it('gives a node that is left out mask 0 in every layer, and leaves the others to the network', async () => {
    const { prediction, masks } = await askOne(model, pyridine, { without: ['c2'] })
    expect(prediction).toBe('false')
    expect(masks.get('c2')).toEqual(Float32Array.of(0, 0))
    expect(masks.get('c0')?.every((mask) => mask > 0)).toBe(true)
    expect(await askOne(model, pyridine, { masks: new Map([['c2', 0]]) })).toMatchObject({ prediction, masks })
  })

  it('predicts the same without a node as with its masks 0', async () => {
    const zeros: NodeMasks = new Map<string, number | number[]>([
      ['c2', [0, 0]],
      ['c4', 0],
    ])
    for (const variant of ['smg', 'm-smg-jk'] as const) {
      const other = await train({ variant, hidden: 4 }, rings(20))
      expect(await askOne(other, pyridine, { without: ['c2', 'c4'] })).toEqual(
        await askOne(other, pyridine, { masks: zeros }),
      )
    }
  })

  it('says of a subgraph what it says of it alone, with all masks 1 (Theorem 3.2)', async () => {
    for (const members of [['c1', 'c2', 'c3'], ['c0', 'c1', 'c4'], ['c5']]) {
      const alone = new Map(members.map((node) => [node, 1]))
      const expected = await askOne(model, induced(members), { masks: alone })
      const { embedding, probability, masks } = await askOne(model, pyridine, { onlySubgraph: members })
      embedding.forEach((value, i) => {
        expect(value).toBeCloseTo(expected.embedding[i] ?? Number.NaN, 5)
      })
      expect(probability).toBeCloseTo(expected.probability ?? Number.NaN, 5)
      for (const node of nodes)
        expect(masks.get(node)).toEqual(new Float32Array(2).fill(members.includes(node) ? 1 : 0))
    }
  })

  it('takes any masks outside of a subgraph but where they could reach it (Lemma 3.1)', async () => {
    // c1, c2, c3 inside; c0 and c4 touch them: 0 in the first layer; c5 is anything there; all are 0 in the last.
    const inside = ['c1', 'c2', 'c3'].map((node): [string, number[]] => [node, [1, 1]])
    const given = (far: number) => new Map([...inside, ['c0', [0, 0]], ['c4', [0, 0]], ['c5', [far, 0]]])
    // -jk reads every layer out; the lemma is about the last.
    const last = await train({ variant: 'smg' }, rings(20))
    const { embedding } = await askOne(last, pyridine, { onlySubgraph: ['c1', 'c2', 'c3'] })
    const other = await askOne(last, pyridine, { masks: given(0.7) })
    expect(other.masks.get('c5')).toEqual(Float32Array.of(0.7, 0))
    embedding.forEach((value, i) => {
      expect(other.embedding[i]).toBeCloseTo(value, 5)
    })
  })

  it('stacks a subgraph per layer (section 3.2)', async () => {
    const stack = [
      ['c1', 'c2', 'c3'],
      ['c2', 'c3'],
    ]
    const stacked = await askOne(model, pyridine, { subgraphStack: stack })
    expect(stacked.masks.get('c1')).toEqual(Float32Array.of(1, 0))
    expect(stacked.masks.get('c2')).toEqual(Float32Array.of(1, 1))
    expect(stacked.masks.get('c5')).toEqual(Float32Array.of(0, 0))
    const members = ['c1', 'c2', 'c3']
    expect(await askOne(model, pyridine, { subgraphStack: [members, members] })).toEqual(
      await askOne(model, pyridine, { onlySubgraph: members }),
    )
  })

  it('mixes given and learned masks, node by node and layer by layer', async () => {
    const { masks } = await askOne(model, pyridine, { masks: new Map([['c0', [0.25, 'learned']]]) })
    const plain = await askOne(model, pyridine)
    expect(masks.get('c0')?.[0]).toBe(0.25)
    expect(masks.get('c0')?.[1]).toBeGreaterThan(0)
    // The masks of a layer are made before any of them is used.
    expect(masks.get('c3')?.[0]).toBeCloseTo(plain.masks.get('c3')?.[0] ?? Number.NaN, 6)
    const learned = await askOne(model, pyridine, { masks: maskAll(['learned', 'learned']) })
    expect(learned.probability).toBeCloseTo(plain.probability ?? Number.NaN, 6)
  })

  it('asks a function about each graph', async () => {
    const graphs = rings(4)
    const seen: string[] = []
    const predictions = await ask(model, graphs, {
      without: (graph, key) => {
        seen.push(key)
        return key === '3' ? undefined : graph.filterNodes((_node, { element }) => element === 'N')
      },
    })
    expect(seen).toEqual(['0', '1', '2', '3'])
    expect(predictions.map(({ prediction }) => prediction)).toEqual(['false', 'false', 'false', 'true'])
  })

  it.each([
    [{ without: ['c9'] }, "Cannot mask node c9 of graph 0: expected one of its nodes; did you mean 'c0'?"],
    [{ onlySubgraph: ['c1', 'x'] }, 'Cannot mask node x of graph 0'],
    [{ subgraphStack: [['c1']] }, 'Cannot stack subgraphs of graph 0: expected 2, one for each layer, got 1'],
    [{ masks: new Map([['c1', [1]]]) }, 'Cannot mask node c1 of graph 0: expected 2 masks, one for each layer, got 1'],
    [{ masks: new Map([['c1', 2]]) }, 'masks.c1: Too big: expected number to be <=1'],
    [{ masks: () => new Map([['c1', 2]]) }, 'Cannot mask node c1 of graph 0: expected a mask from 0 to 1, got 2'],
    [{ without: ['c1'], onlySubgraph: ['c2'] }, 'expected one of without, onlySubgraph, subgraphStack and masks'],
  ] satisfies [GraphPredictOptions, string][])('refuses %o', async (options, message) => {
    const asking = askOne(model, pyridine, options)
    await expect(asking).rejects.toThrow(ConfigError)
    await expect(asking).rejects.toThrow(message)
  })
})
