import { describe, expect, it } from 'vitest'
import type { CreateModelOptions } from '../../src/config/graph-model-options.ts'
import { ConfigError, InterruptedError, SourceDataError } from '../../src/errors.ts'
import { createModel } from '../../src/pipeline/graph-model.ts'
import { ring, rings, turnedAround } from './support/rings.ts'
import { train } from './support/small.ts'

describe('createModel()', () => {
  it('needs no options, and shows what it made of them as plain data', () => {
    expect(createModel()).toMatchObject({
      options: { modelName: 'model', task: 'classification', variant: 'smg-jk', layers: 3, hidden: 64 },
      targets: ['target'],
      nodeFeatures: [],
      degreeFeature: 'auto',
      orientation: 'UNDIRECTED',
      edgeWeight: null,
      edgeType: null,
      edgeFeatures: [],
    })
    expect(
      createModel({
        name: 'solubility',
        target: ['mu', 'alpha'],
        nodeFeatures: ['element', { attribute: 'charge', encoding: 'standardize' }, { attribute: 'mass' }],
      }),
    ).toMatchObject({
      options: { modelName: 'solubility', task: 'regression' },
      targets: ['mu', 'alpha'],
      nodeFeatures: [
        { property: 'element', encoding: 'auto' },
        { property: 'charge', encoding: 'standardize' },
        { property: 'mass', encoding: 'auto' },
      ],
    })
  })

  it('names every option that is unknown or does not fit, at once', () => {
    const options = { hiden: 64, layers: 0, variant: 'gin', nodeFeatures: [{ atribute: 'element' }] }
    // @ts-expect-error they do not fit the types either
    const create = () => createModel(options)
    expect(create).toThrow(ConfigError)
    expect(create).toThrow(/^Cannot create a model: /)
    expect(create).toThrow("unknown option hiden; did you mean 'hidden'?")
    expect(create).toThrow('layers: Too small')
    expect(create).toThrow('variant: Invalid option')
    expect(create).toThrow('nodeFeatures.0')
  })

  it.each([
    [{ edgeType: 'bond', edgeFeatures: ['distance'] }, 'edgeType: expected none together with edgeFeatures, got both'],
    [{ target: ['mu', 'alpha'], task: 'classification' }, 'task: expected regression for several targets'],
    [{ degreeFeature: 'none' }, 'nodeFeatures: expected some, or a degreeFeature, got neither'],
    [{ task: 'regression', dropout: 0.5 }, 'dropout: expected 0 for a regression'],
  ] satisfies [CreateModelOptions, string][])('refuses %o', (options, message) => {
    expect(() => createModel(options)).toThrow(message)
  })
})

describe('fit()', () => {
  it('tells about each epoch, and gives a model with everything that predicting needs', async () => {
    const epochs: number[] = []
    const model = await train({ name: 'rings' }, rings(20), {
      version: '7',
      onEpoch: ({ epoch }) => epochs.push(epoch),
    })
    expect(epochs).toEqual([1, 2, 3])
    expect(model).toMatchObject({
      name: 'rings',
      version: '7',
      createdAt: '1970-01-01T00:00:00.000Z',
      targetProperty: 'toxic',
      classes: [false, true],
      orientation: 'UNDIRECTED',
      featureSchema: { featureCount: 2, groups: [{ kind: 'oneHot', property: 'element', categories: ['C', 'N'] }] },
      training: { epochs: 3, batchSize: 32 },
    })
    const { train: learned, validation, test } = model.split
    expect([learned.length, validation.length, test.length]).toEqual([14, 2, 4])
    expect(model).not.toHaveProperty('edgeSchema')
  })

  it('gives the same model whatever the order of graphs, nodes and edges', async () => {
    const options = { nodeFeatures: ['element', { attribute: 'x', encoding: 'standardize' }] } as const
    const graphs = rings(20).map((graph, i) => {
      graph.forEachNode((node) => {
        graph.setNodeAttribute(node, 'x', Math.sin(i + Number(node.slice(1))))
      })
      return { key: `ring ${i}`, graph }
    })
    const turned = graphs.toReversed().map(({ key, graph }) => ({ key, graph: turnedAround(graph) }))
    expect(await train(options, turned)).toEqual(await train(options, graphs))
  })

  it('takes targets that are given beside the graphs', async () => {
    const withAttribute = await train({}, rings(20))
    const beside = rings(20).map((graph, i) => ({ graph, target: i % 2 === 1 }))
    for (const { graph } of beside) graph.removeAttribute('toxic')
    expect(await train({}, beside)).toEqual(withAttribute)
    const tooMany = beside.map(({ graph }) => ({ graph, target: [1, 2] }))
    await expect(train({}, tooMany)).rejects.toThrow('Cannot fit: expected 1 targets of graph 0 (toxic), got 2')
  })

  it('takes integers for classes', async () => {
    const graphs = Array.from({ length: 12 }, (_, i) => ring({ attributes: { toxic: i % 2 === 1 ? 10 : 9 } }))
    expect((await train({}, graphs)).classes).toEqual([9n, 10n])
  })

  it('reports edges that the model does not see', async () => {
    const graphs = rings(12)
    for (const graph of graphs) {
      graph.addDirectedEdge('c0', 'c1')
      graph.addUndirectedEdge('c2', 'c2')
    }
    const warnings: string[] = []
    await train({}, graphs, { onWarning: (warning) => warnings.push(warning) })
    expect(warnings).toEqual([
      expect.stringContaining('pure JavaScript'),
      '12 parallel edges counted once',
      '12 self-loops left out',
    ])
  })

  it('names graph, node and attribute of values that are missing', async () => {
    const graphs = rings(20)
    for (const graph of graphs) graph.removeNodeAttribute('c3', 'element')
    await expect(train({}, graphs)).rejects.toThrow(SourceDataError)
    await expect(train({}, graphs)).rejects.toThrow(
      /^Cannot encode node attribute 'element': expected .*, got null at nodes c3 of graph \d+ and c3 of graph/,
    )
  })

  it('names graphs without a target', async () => {
    const graphs = rings(20)
    graphs[7]?.removeAttribute('toxic')
    await expect(train({}, graphs)).rejects.toThrow(
      /^Cannot learn graph attribute 'toxic': .*got null at graph 7\. .* choose another target$/,
    )
  })

  it('names what it lacks in the words of graphs', async () => {
    await expect(train({}, rings(4))).rejects.toThrow(/^Cannot split the graphs: .* choose another target$/)
    const graphs = rings(20)
    for (const graph of graphs) graph.clear()
    await expect(train({ nodeFeatures: [], degreeFeature: 'oneHot' }, graphs)).rejects.toThrow(
      /^Cannot encode graph \d+: expected at least one node, got none$/,
    )
  })

  it('refuses two graphs with the same key, and no graphs', async () => {
    const graphs = rings(20).map((graph, i) => ({ graph, key: i === 5 ? 3 : i }))
    await expect(train({}, graphs)).rejects.toThrow('got two with key 3')
    await expect(train({}, [])).rejects.toThrow("'toxic': expected graphs, got none")
  })

  it.each([
    ['{ "epoch": 3 }', "unknown option epoch; did you mean 'epochs'?"],
    ['{ "epochs": 0 }', 'epochs: Too small'],
    ['{ "onEpoch": 3 }', 'onEpoch: expected a function'],
    ['{ "validationFraction": 0.5, "testFraction": 0.5 }', 'expected validationFraction + testFraction below 1'],
    ['{ "version": "v2" }', 'version: expected a number as text, such as 2'],
  ])('refuses the options %s', async (options, message) => {
    const fitting = train({}, rings(20), JSON.parse(options))
    await expect(fitting).rejects.toThrow(ConfigError)
    await expect(fitting).rejects.toThrow(message)
  })

  it('ends when it is interrupted', async () => {
    const controller = new AbortController()
    const options = { epochs: 1000, signal: controller.signal, onEpoch: () => controller.abort() }
    await expect(train({}, rings(20), options)).rejects.toBeInstanceOf(InterruptedError)
  })
})
