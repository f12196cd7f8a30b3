import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/load.ts'
import {
  expectedMemory,
  expectedStoreBytes,
  expectedTimes,
  propertiesOf,
  type Speeds,
  type Work,
} from '../../src/pipeline/estimate/expected-costs.ts'
import { expectedCounts } from '../../src/pipeline/estimate/expected-counts.ts'
import { writtenCounts } from '../../src/write-back/written-counts.ts'

const { model, training, writing } = parseConfig(
  {
    projection: {
      name: 'cases',
      graphLabel: 'Case',
      graphKey: 'caseId',
      nodeLabels: ['Account'],
      nodeKey: 'accountId',
      membershipType: 'MEMBER_OF',
      relationshipTypes: ['PAID'],
    },
    targetProperty: 'suspicious',
    training: { epochs: 50, patience: 19 },
  },
  'of this test',
)

const scoring: Work = {
  graphCount: 400,
  nodeCount: 10_000,
  scoredGraphs: 400,
  scoredNodes: 10_000,
  written: writtenCounts(model, writing, 2),
  madeGraphNodes: 0,
  madeMemberships: 0,
  pageSize: 100,
  training: null,
}
const speeds: Speeds = {
  serverMillis: 60,
  firstReadMillis: 500,
  firstComputeMillis: 100,
  readMillisPerNode: 0.1,
  computeMillisPerNode: 0.02,
  firstTrainMillis: 700,
  trainMillisPerGraph: 2,
  validateMillisPerGraph: 1,
}

describe('the expected times', () => {
  it('are what the first page takes more, and what every member takes', () => {
    expect(expectedTimes(scoring, speeds)).toMatchObject({ readMillis: 1500, computeMillis: 300 })
  })

  it('of training end after patience at the earliest, after all epochs at the latest', () => {
    const work = { ...scoring, training: { labelledGraphs: 200, options: training, numbersPerNode: 8 } }
    // Of 200 graphs 140 are trained on and 20 validate: 300 ms an epoch, and 700 ms more for the first.
    const { trainMillis, readMillis, totalMillis } = expectedTimes(work, speeds)
    expect(trainMillis).toEqual({ min: 700 + 20 * 300, max: 700 + 50 * 300 })
    // 340 graphs of 25 members more.
    expect(readMillis).toBe(1500 + 850)
    expect(totalMillis.max - totalMillis.min).toBeGreaterThan(9000)
  })

  it('are those of reading and a little more where nothing has changed', () => {
    const { computeMillis, writeMillis } = expectedTimes({ ...scoring, scoredGraphs: 0, scoredNodes: 0 }, speeds)
    expect([computeMillis, writeMillis]).toEqual([0, 0])
  })

  it('grow with what there is to write, and with a slower server', () => {
    const { writeMillis } = expectedTimes(scoring, speeds)
    expect(expectedTimes({ ...scoring, scoredNodes: 20_000 }, speeds).writeMillis).toBeGreaterThan(writeMillis)
    expect(expectedTimes(scoring, { ...speeds, serverMillis: 240 }).writeMillis).toBeGreaterThan(1.5 * writeMillis)
  })
})

describe('the expected writes', () => {
  it('are eight properties of a graph and a mask per layer of a member', () => {
    expect(propertiesOf(scoring)).toBe(400 * 8 + 10_000 * 3)
  })

  it('are two more of a graph node that is made, and one more of a membership', () => {
    const made = { ...scoring, madeGraphNodes: 400, madeMemberships: 10_000 }
    expect(propertiesOf(made)).toBe(400 * 10 + 10_000 * 4)
    expect(expectedTimes(made, speeds).writeMillis).toBeGreaterThan(expectedTimes(scoring, speeds).writeMillis)
    expect(expectedStoreBytes(made).min).toBeGreaterThan(expectedStoreBytes(scoring).min)
  })

  it('take bytes, and memory grows with what training holds', () => {
    expect(expectedStoreBytes(scoring).min).toBeGreaterThan(33_200 * 8)
    const work = { ...scoring, training: { labelledGraphs: 400, options: training, numbersPerNode: 100 } }
    expect(expectedMemory(work, 3e8).min).toBeGreaterThan(expectedMemory(scoring, 3e8).min)
    expect(expectedMemory(scoring, 3e8).min).toBeGreaterThan(3e8)
  })
})

describe('the expected counts', () => {
  const sampled = { graphCount: 100, nodeCount: 2500, relationshipCount: 3000, membershipCount: 2500 }
  const counts = (store: { membershipCount: number; typeCount: number }, sample = sampled) =>
    expectedCounts({ graphCount: 400, ...store }, sample)

  it('come from the count store where the sample agrees with it', () => {
    expect(counts({ membershipCount: 10_123, typeCount: 12_100 })).toEqual({
      graphCount: 400,
      nodeCount: 10_123,
      relationshipCount: 12_100,
    })
  })

  it('leave out neighbours that are no members, and relationships outside of graphs', () => {
    expect(counts({ membershipCount: 20_000, typeCount: 99_999 }, { ...sampled, membershipCount: 5000 })).toEqual({
      graphCount: 400,
      nodeCount: 10_000,
      relationshipCount: 12_000,
    })
  })

  it('are scaled up from the sample where the count store says nothing of graphs', () => {
    const store = { graphCount: 400, membershipCount: null, typeCount: null }
    expect(expectedCounts(store, { ...sampled, membershipCount: null })).toEqual({
      graphCount: 400,
      nodeCount: 10_000,
      relationshipCount: 12_000,
    })
  })

  it('are those of the sample where it is everything', () => {
    expect(counts({ membershipCount: 1, typeCount: 1 }, { ...sampled, graphCount: 400 })).toEqual({
      graphCount: 400,
      nodeCount: 2500,
      relationshipCount: 3000,
    })
  })
})
