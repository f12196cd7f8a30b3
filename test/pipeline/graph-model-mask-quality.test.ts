import { describe, expect, it } from 'vitest'
import { ConfigError, SourceDataError } from '../../src/errors.ts'
import { rings } from './support/rings.ts'
import { train } from './support/small.ts'

/** Rings whose nitrogen makes them toxic, and says that it does. */
function ringsWithCause(value: unknown = true) {
  const graphs = rings(40)
  for (const graph of graphs)
    graph.forEachNode((node, { element }) => {
      if (element === 'N') graph.setNodeAttribute(node, 'isCause', value)
    })
  return graphs
}

describe('fit() with maskQuality', () => {
  it('measures the masks on the held-out graphs: 8 of 40 rings, of which 4 hold a nitrogen', async () => {
    const options = { epochs: 60, learningRate: 0.02, maskQuality: { truthAttribute: 'isCause', stabilitySeeds: 1 } }
    const { maskQuality } = await train({}, ringsWithCause(), options)
    expect(maskQuality).toMatchObject({ graphCount: 8, share: 0.2, truthProperty: 'isCause' })
    for (const name of ['deletionFidelity', 'insertionFidelity', 'sparsity', 'rocAuc', 'stability'] as const)
      expect(maskQuality?.[name]).toHaveLength(2)
  })

  it('measures no more graphs than are wanted, and none unless asked', async () => {
    expect((await train({}, rings(40), { maskQuality: { graphs: 3 } })).maskQuality?.graphCount).toBe(3)
    expect(await train({}, rings(40))).not.toHaveProperty('maskQuality')
  })

  it('takes 0 and 1 for no and yes, and names the node with anything else', async () => {
    const options = { maskQuality: { truthAttribute: 'isCause' } }
    expect((await train({}, ringsWithCause(1), options)).maskQuality?.rocAuc).toHaveLength(2)
    await expect(train({}, ringsWithCause(2), options)).rejects.toThrow(
      new SourceDataError(
        "Cannot compare masks with 'isCause': expected BOOLEAN, or INTEGER 0 or 1, of node c1 of graph 1, got 2; mend it, or name another maskQuality.truthAttribute",
      ),
    )
  })

  it('refuses given masks beside it, and minima, which only a database can be guarded by', async () => {
    await expect(train({}, rings(40), { without: [], maskQuality: {} })).rejects.toThrow(
      new ConfigError(
        'Cannot fit: maskQuality: expected none together with given masks, of which nothing is learned; measure a model that was trained without',
      ),
    )
    const minima = { share: 0.2, minimumRocAuc: 0.9 }
    await expect(train({}, rings(40), { maskQuality: minima })).rejects.toThrow(
      'unknown option maskQuality.minimumRocAuc',
    )
  })
})
