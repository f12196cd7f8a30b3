import { describe, expect, it } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { ConfigError } from '../../src/errors.ts'
import { jobConfigText, readJobConfig } from '../../src/jobs/job-config.ts'

const config = configSchema.parse({
  neo4j: { uri: 'bolt://db.example:7687', username: 'ada', password: 'secret', database: 'molecules' },
  projection: {
    name: 'molecules',
    graphLabel: 'Molecule',
    graphKey: 'id',
    nodeLabels: ['Atom'],
    nodeKey: 'id',
    membershipType: 'PART_OF',
    relationshipTypes: ['BOND'],
  },
  featureProperties: ['element', { property: 'charge', encoding: 'standardize' }],
  targetProperty: 'mutagenic',
  training: { epochs: 7, learningRateDecay: { every: 3, factor: 0.5 } },
})

describe('jobConfigText()', () => {
  it('holds everything but address and credentials, with its folders made absolute', () => {
    const read = readJobConfig(jobConfigText(config, '/srv/project'))
    expect(read).toEqual({
      ...config,
      neo4j: { database: 'neo4j', retrySeconds: 60 },
      modelDirectory: '/srv/project/.smg/models',
      evaluation: { ...config.evaluation, directory: '/srv/project/.smg/evaluations' },
    })
  })

  it('holds no trace of the connection', () => {
    expect(jobConfigText(config, '/srv')).not.toMatch(/secret|ada|db\.example|neo4j/)
  })

  it('keeps a model folder that is absolute already', () => {
    const text = jobConfigText({ ...config, modelDirectory: '/var/models' }, '/srv')
    expect(readJobConfig(text).modelDirectory).toBe('/var/models')
  })
})

describe('readJobConfig()', () => {
  it.each([
    [null, /stored with the job: expected JSON, got none; remove its schedule and add it again/],
    ['{"projection"', /expected JSON/],
    ['{"targetProperty": "mutagenic"}', /projection/],
  ])('refuses %j, saying what to do', (text, message) => {
    expect(() => readJobConfig(text)).toThrow(ConfigError)
    expect(() => readJobConfig(text)).toThrow(message)
  })
})
