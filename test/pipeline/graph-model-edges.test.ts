import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SourceDataError } from '../../src/errors.ts'
import { loadModel, saveModel } from '../../src/model/checkpoint.ts'
import type { TrainedModel } from '../../src/model/model.ts'
import { ring } from './support/rings.ts'
import { ask, askOne, train } from './support/small.ts'

/** Rings whose atoms are all alike; in every other one the bond after atom 3 has attributes of its own. */
function ringsByBond(count: number, usual: object, unusual: object) {
  return Array.from({ length: count }, (_, i) =>
    ring({ bond: (v) => (v === 3 && i % 2 === 1 ? unusual : usual), attributes: { toxic: i % 2 === 1 } }),
  )
}

async function savedAndLoaded(model: TrainedModel): Promise<TrainedModel> {
  const folder = await mkdtemp(join(tmpdir(), 'smg-graph-model-'))
  try {
    await saveModel(folder, model)
    return await loadModel(folder, model.name)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const accuracyOf = ({ metrics }: TrainedModel) => ('accuracy' in metrics ? metrics.accuracy : Number.NaN)
const enough = { epochs: 60, learningRate: 0.02, validationFraction: 0.2 } as const

describe('a model that reads edges', () => {
  it('has nothing to tell rings apart that differ in their bonds alone, if it does not read them', async () => {
    const graphs = ringsByBond(20, { order: 1 }, { order: 2 })
    const [first, second] = await ask(await train({}, graphs), graphs)
    expect(first?.embedding).toEqual(second?.embedding)
  })

  it('learns by an edge network what only the features of bonds tell', async () => {
    const graphs = ringsByBond(20, { length: 1.4, kind: 'a' }, { length: 1.2, kind: 'a' })
    const model = await train({ edgeFeatures: ['length', 'kind'], edgeHidden: 4, hidden: 4 }, graphs, enough)
    expect(accuracyOf(model)).toBe(1)
    expect(model.edgeSchema).toMatchObject({ weight: null, type: null })
    expect(model.edgeSchema?.features.map(({ kind }) => kind)).toEqual(['standardize', 'oneHot'])
    const again = await savedAndLoaded(model)
    expect(again).toEqual(model)
    expect(await ask(again, graphs)).toEqual(await ask(model, graphs))
    const odd = ring({ bond: (v) => (v === 0 ? { length: 'long', kind: 'a' } : { length: 1, kind: 'a' }) })
    await expect(ask(model, [{ graph: odd, key: 'odd' }])).rejects.toThrow(
      "Cannot encode edge attribute 'length': expected a finite number as in training, got STRING at edge c0 -> c1 of graph odd",
    )
  })

  it('counts parallel edges with features each on its own', async () => {
    const graphs = ringsByBond(12, { length: 1 }, { length: 2 })
    const model = await train({ edgeFeatures: ['length'], edgeHidden: 4, hidden: 4 }, graphs)
    const single = await askOne(model, ring({ bond: () => ({ length: 1 }) }))
    const twice = ring({ bond: () => ({ length: 1 }) })
    twice.addUndirectedEdge('c0', 'c1', { length: 1 })
    const double = await askOne(model, twice)
    expect(double.unseen.parallelEdges).toBe(0)
    expect(double.embedding).not.toEqual(single.embedding)
  })

  it('learns by weights per type what only the types of bonds tell', async () => {
    const graphs = ringsByBond(20, { order: 1 }, { order: 2 })
    const model = await train({ edgeType: 'order' }, graphs, enough)
    expect(accuracyOf(model)).toBe(1)
    expect(model.edgeSchema).toEqual({
      weight: null,
      type: { property: 'order', categories: [1n, 2n] },
      features: [],
    })
    const again = await savedAndLoaded(model)
    expect(again).toEqual(model)
    expect(await ask(again, graphs)).toEqual(await ask(model, graphs))
    const triple = ring({ bond: (v) => ({ order: v === 0 ? 3 : 1 }) })
    await expect(ask(model, [triple])).rejects.toThrow(SourceDataError)
    await expect(ask(model, [triple])).rejects.toThrow(
      "Cannot encode edge attribute 'order': expected an INTEGER, one of '1', '2' as in training, got the unknown type '3' at edge c0 -> c1 of graph 0",
    )
  })

  it('counts parallel edges of two types both, and those of one type once', async () => {
    const graphs = ringsByBond(12, { order: 1 }, { order: 2 })
    const model = await train({ edgeType: 'order' }, graphs)
    const plain = ring({ bond: () => ({ order: 1 }) })
    const { embedding } = await askOne(model, plain)
    plain.addUndirectedEdge('c0', 'c1', { order: 1 })
    const sameType = await askOne(model, plain)
    expect(sameType.embedding).toEqual(embedding)
    expect(sameType.unseen.parallelEdges).toBe(1)
    plain.addUndirectedEdge('c0', 'c1', { order: 2 })
    expect((await askOne(model, plain)).embedding).not.toEqual(embedding)
  })

  it('learns what only the weights of edges tell', async () => {
    const graphs = ringsByBond(20, { amount: 1 }, { amount: 6 })
    const model = await train({ edgeWeight: 'amount' }, graphs, enough)
    expect(accuracyOf(model)).toBe(1)
    const again = await savedAndLoaded(model)
    expect(again).toEqual(model)
    expect(await ask(again, graphs)).toEqual(await ask(model, graphs))
  })

  it('takes an edge of weight 2 for two parallel edges of weight 1', async () => {
    const graphs = ringsByBond(12, { amount: 1 }, { amount: 2 })
    const model = await train({ edgeWeight: 'amount' }, graphs)
    const heavy = ring({ bond: (v) => ({ amount: v === 3 ? 2 : 1 }) })
    const parallel = ring({ bond: () => ({ amount: 1 }) })
    parallel.addUndirectedEdge('c4', 'c3', { amount: 1 })
    expect(await askOne(model, parallel)).toEqual(await askOne(model, heavy))
  })

  it('takes types with weights, and edge features with weights', async () => {
    const graphs = ringsByBond(12, { amount: 1, order: 1 }, { amount: 2, order: 2 })
    const typed = await train({ edgeWeight: 'amount', edgeType: 'order' }, graphs)
    const featured = await train({ edgeWeight: 'amount', edgeFeatures: ['order'], edgeHidden: 4, hidden: 4 }, graphs)
    for (const model of [typed, featured]) {
      const again = await savedAndLoaded(model)
      expect(await ask(again, graphs)).toEqual(await ask(model, graphs))
      const [first, second] = await ask(model, graphs)
      expect(first?.embedding).not.toEqual(second?.embedding)
    }
  })

  it('names graph, edge and attribute of a weight that is missing', async () => {
    const graphs = ringsByBond(12, { amount: 1 }, {})
    await expect(train({ edgeWeight: 'amount' }, graphs)).rejects.toThrow(
      /^Cannot encode edge attribute 'amount': expected a finite number .* got null at edge c3 -> c4 of graph \d+\. Give those edges such a value, or leave edgeWeight out/,
    )
  })
})
