import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig, parseConfig, resolveConnection } from '../../src/config/load.ts'
import { ConfigError } from '../../src/errors.ts'

const projection = {
  name: 'cases',
  graphLabel: 'Case',
  graphKey: 'caseId',
  nodeLabels: ['Account'],
  nodeKey: 'accountId',
  membershipType: 'MEMBER_OF',
  relationshipTypes: ['PAID'],
}
const byCypher = {
  kind: 'cypher',
  name: 'cases',
  nodeKey: 'accountId',
  graphsQuery: 'MATCH (c:Case) RETURN c.caseId AS key',
  nodesQuery: 'MATCH (node:Account {case: key}) RETURN node',
  relationshipsQuery: 'MATCH (source:Account {case: key})-[:PAID]->(target) RETURN source, target',
}
const required = { projection, targetProperty: 'suspicious' }

describe('parseConfig()', () => {
  it('fills in the defaults', () => {
    expect(parseConfig(required, 'test')).toEqual({
      neo4j: { database: 'neo4j', retrySeconds: 60 },
      projection: { ...projection, kind: 'membership', sharedMembers: false, orientation: 'UNDIRECTED' },
      featureProperties: [],
      relationshipTypeWeights: false,
      relationshipFeatureProperties: [],
      degreeFeature: 'auto',
      targetProperty: 'suspicious',
      model: {
        modelName: projection.name,
        task: 'classification',
        variant: 'smg-jk',
        readout: 'sum',
        layers: 3,
        hidden: 64,
        inputProjection: true,
        edgeHidden: 128,
        dropout: 0,
      },
      training: {
        epochs: 300,
        patience: 100,
        epochChoice: 'loss',
        batchSize: 32,
        learningRate: 1e-3,
        classWeights: false,
        concurrency: 2,
        validationFraction: 0.1,
        testFraction: 0.2,
        randomSeed: 42,
      },
      evaluation: {
        protocol: 'nested',
        validationFolds: 10,
        repeats: 1,
        concurrency: 2,
        trainingCurve: false,
        search: { strategy: 'random', maxTrials: 12, parameters: {} },
        directory: '.smg/evaluations',
      },
      maskQuality: { share: 0.2, graphs: 100, stabilitySeeds: 0 },
      writing: {
        prefix: 'smg',
        pageSize: 256,
        concurrency: 2,
        graphsPerPart: 2_000,
        keptRuns: 100,
        maskChannels: false,
      },
      maxGraphNodes: 250000,
      modelStore: 'database',
      modelDirectory: '.smg/models',
    })
  })

  it('takes a feature property by name, or with its encoding', () => {
    const featureProperties = ['kind', { property: 'amount', encoding: 'standardize' }, { property: 'note' }]
    expect(parseConfig({ ...required, featureProperties }, 'test').featureProperties).toEqual([
      { property: 'kind', encoding: 'auto' },
      { property: 'amount', encoding: 'standardize' },
      { property: 'note', encoding: 'auto' },
    ])
  })

  it.each(['m-smg', 'm-smg-jk'])('lets the masks of all channels be written with variant %s', (variant) => {
    const config = parseConfig({ ...required, model: { variant }, writing: { maskChannels: true } }, 'test')
    expect(config.writing.maskChannels).toBe(true)
  })

  it('accepts what it has made', () => {
    const config = parseConfig({ ...required, featureProperties: ['kind'] }, 'test')
    expect(parseConfig(config, 'test')).toEqual(config)
  })

  it.each([
    [{ trainig: {} }, "unknown key trainig; did you mean 'training'?"],
    [{ training: { epoch: 3 } }, "unknown key training.epoch; did you mean 'epochs'?"],
    [{ projection: { ...projection, shape: 1 } }, 'unknown key projection.shape'],
    [{ featureProperties: [{ property: 'kind', encodin: 'none' }] }, 'unknown key featureProperties.0.encodin'],
    [{ training: { epochs: 0 } }, 'training.epochs: Too small: expected number to be >=1'],
    [{ training: { epochs: '3' } }, 'training.epochs: expected number, received string'],
    [{ model: { dropout: 1 } }, 'model.dropout: Too big: expected number to be <1'],
    [
      { model: { variant: 'm-smg', inputProjection: false } },
      'model: expected inputProjection: true with an m- variant, which has as many masks as hidden units; or take variant smg or smg-jk',
    ],
    [{ targetProperty: '' }, 'targetProperty: targetProperty must not be empty'],
    [{ targetProperty: undefined }, 'targetProperty: expected string, received undefined'],
    [{ projection: { ...projection, nodeLabels: [] } }, 'projection.nodeLabels: at least one node label is needed'],
    [
      { projection: { ...projection, orientation: 'BOTH' } },
      'projection.orientation: Invalid option: expected one of "NATURAL"|"REVERSE"|"UNDIRECTED"',
    ],
    [
      { writing: { maskChannels: true } },
      'writing.maskChannels: expected false unless the variant is m-smg or m-smg-jk; the others have no masks per channel',
    ],
    [
      { model: { task: 'regression', dropout: 0.5 } },
      'model.dropout: expected 0 with task regression; dropout is a part of the classifier',
    ],
    [
      { model: { task: 'regression' }, training: { classWeights: true } },
      'training.classWeights: expected false with task regression; there are no classes',
    ],
    [
      { model: { task: 'regression' }, training: { epochChoice: 'accuracy' } },
      'training.epochChoice: expected loss with task regression; only classes have an accuracy',
    ],
    [
      { projection: { ...byCypher, changedSinceProperty: 'changedAt' } },
      'projection.changedSinceProperty: expected it together with graphLabel, a property of whose nodes it is; give graphLabel and graphKey too',
    ],
    [
      {
        projection: {
          kind: 'property',
          name: 'cases',
          nodeLabels: ['Account'],
          nodeKey: 'accountId',
          groupProperty: 'communityId',
          relationshipTypes: ['PAID'],
          changedSinceProperty: 'changedAt',
        },
      },
      'unknown key projection.changedSinceProperty',
    ],
    [
      { maskQuality: { minimumRocAuc: 0.9 } },
      'maskQuality.minimumRocAuc: expected it together with truthProperty, which masks are compared with; name that property too',
    ],
    [
      { maskQuality: { graphs: 0, minimumFidelityRatio: 2 } },
      'maskQuality.graphs: expected 1 or more where masks have to reach a minimum; they could not be measured',
    ],
    [{ maskQuality: { share: 1 } }, 'maskQuality.share: Too big: expected number to be <1'],
    [{ maskQuality: { shares: 0.1 } }, "unknown key maskQuality.shares; did you mean 'share'?"],
    [{ writing: { prefix: 'smg_' } }, 'writing.prefix: a letter followed by letters and digits, at most 32'],
  ])('says what is wrong with %j', (change, problem) => {
    expect(() => parseConfig({ ...required, ...change }, 'smg.config.yaml')).toThrow(
      new ConfigError(`Cannot use the configuration smg.config.yaml: ${problem}`),
    )
  })

  it('reports all problems at once', () => {
    expect(() => parseConfig({ ...required, model: { layers: 0, hiden: 3 }, modelDirectory: 7 }, 'x')).toThrow(
      /model\.layers: .*; unknown key model\.hiden; did you mean 'hidden'\?; modelDirectory: /,
    )
  })

  it.each([null, undefined, 'text', []])('refuses %j, which is no configuration at all', (value) => {
    expect(() => parseConfig(value, 'x')).toThrow(
      /^Cannot use the configuration x: the file: expected object, received/,
    )
  })
})

describe('loadConfig()', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'smg-config-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('reads YAML, and so JSON', async () => {
    const yaml = join(folder, 'a.yaml')
    const json = join(folder, 'a.json')
    await writeFile(
      yaml,
      `# a comment
targetProperty: suspicious
projection: { name: cases, graphLabel: Case, graphKey: caseId, nodeLabels: [Account], nodeKey: accountId,
  membershipType: MEMBER_OF, relationshipTypes: [PAID] }
`,
    )
    await writeFile(json, JSON.stringify(required))
    expect(await loadConfig(yaml)).toEqual(parseConfig(required, 'test'))
    expect(await loadConfig(json)).toEqual(parseConfig(required, 'test'))
  })

  it('names a file that is not there', async () => {
    const path = join(folder, 'none.yaml')
    await expect(loadConfig(path)).rejects.toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: `Cannot read the configuration ${path}: ENOENT: no such file or directory, open '${path}'; name another with --config`,
      }),
    )
  })

  it('says where a file is no YAML', async () => {
    const path = join(folder, 'broken.yaml')
    await writeFile(path, 'projection: {\n')
    await expect(loadConfig(path)).rejects.toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: expect.stringMatching(/: expected YAML, got: .* at line 2, column 1$/),
      }),
    )
  })
})

describe('resolveConnection()', () => {
  const flags = { uri: 'flag', username: 'flag', password: 'flag', database: 'flag' }
  const environment = {
    NEO4J_URI: 'environment',
    NEO4J_USERNAME: 'environment',
    NEO4J_PASSWORD: 'environment',
    NEO4J_DATABASE: 'environment',
  }
  const file = { uri: 'file', username: 'file', password: 'file', database: 'file' }
  const all = (value: string | undefined) => ({ uri: value, username: value, password: value, database: value })

  it('prefers flags to the environment, and the environment to the file', () => {
    expect(resolveConnection(flags, environment, file)).toEqual(all('flag'))
    expect(resolveConnection({}, environment, file)).toEqual(all('environment'))
    expect(resolveConnection({}, {}, file)).toEqual(all('file'))
    expect(resolveConnection({}, {}, {})).toEqual(all(undefined))
  })

  it('decides for each setting by itself', () => {
    expect(
      resolveConnection({ password: 'flag' }, { NEO4J_USERNAME: 'environment' }, { uri: 'file', username: 'file' }),
    ).toEqual({ uri: 'file', username: 'environment', password: 'flag', database: undefined })
  })

  it('takes retrySeconds from the file alone', () => {
    expect(resolveConnection({}, environment, { ...file, retrySeconds: 5 }).retrySeconds).toBe(5)
  })

  it('reads NEO4J_ADDRESS and NEO4J_DB where the other names are not set, or empty', () => {
    const others = { NEO4J_ADDRESS: 'a', NEO4J_DB: 'b' }
    expect(resolveConnection({}, others, file)).toMatchObject({ uri: 'a', database: 'b' })
    expect(resolveConnection({}, { ...others, NEO4J_URI: '' }, {})).toMatchObject({ uri: 'a', database: 'b' })
    expect(resolveConnection({}, { NEO4J_URI: '', NEO4J_PASSWORD: '' }, file)).toEqual(all('file'))
    expect(resolveConnection({}, { ...environment, ...others }, {})).toMatchObject({
      uri: 'environment',
      database: 'environment',
    })
  })
})
