import { describe, expect, it } from 'vitest'
import { projectionSchema, writingSchema } from '../../src/config/schema.ts'
import {
  merged,
  type PlanOptions,
  plannedScoreWrites,
  propertiesWritten,
  retractedCount,
} from '../../src/write-back/planned-writes.ts'

const options: PlanOptions = {
  projection: projectionSchema.parse({
    kind: 'property',
    name: 'groups',
    nodeLabels: ['Account', 'Device'],
    nodeKey: 'id',
    groupProperty: 'group',
    relationshipTypes: ['PAID'],
  }),
  writing: writingSchema.parse({}),
  layers: 1,
  task: 'regression',
  propertyKeys: [],
}

describe('plannedScoreWrites()', () => {
  it('makes what is missing, and counts properties as the server does', () => {
    const writes = plannedScoreWrites(
      {
        graphs: 3,
        members: 10,
        rows: [
          { place: 'missing', property: '', count: 1 },
          { place: 'kept', property: '', count: 6 },
          { place: 'former', property: '', count: 2 },
          { place: 'graphNode', property: 'smgProbability', count: 2 },
        ],
      },
      options,
    )
    const shown = writes.map(({ action, pattern, property, count }) => `${action} ${pattern} ${property} ${count}`)
    const ofGraphs = ['Prediction', 'Embedding', 'Model', 'RunId', 'ScoredAt', 'Fingerprint']
    expect(shown).toEqual([
      'create (:SmgGraph_groups) null 1',
      'set (:SmgGraph_groups) projection 1',
      'set (:SmgGraph_groups) key 1',
      ...ofGraphs.map((name) => `set (:SmgGraph_groups) smg${name} 3`),
      'create [:SMG_MEMBER_OF] null 4',
      'set [:SMG_MEMBER_OF] projection 4',
      'set (:Account|Device) smgMaskLayer1 10',
      'delete [:SMG_MEMBER_OF] null 2',
      'remove (:SmgGraph_groups) smgProbability 2',
    ])
    expect(propertiesWritten(writes)).toBe(2 + 6 * 3 + 4 + 10 + 2)
  })
})

describe('retractedCount()', () => {
  it('adds the memberships of graphs to score and of those that are gone', () => {
    const former = { place: 'former', property: '' } as const
    expect(retractedCount([{ ...former, count: 2 }], [{ ...former, count: 5 }], options)).toBe(7)
  })
})

describe('merged()', () => {
  it('adds up what is the same, and leaves out what is nothing', () => {
    const write = { action: 'remove', on: 'member', pattern: '(:A)', property: 'smgMaskLayer1' } as const
    const nothing = { ...write, property: 'smgMaskLayer2', count: 0 }
    expect(merged([{ ...write, count: 2 }, nothing, { ...write, count: 3 }])).toEqual([{ ...write, count: 5 }])
  })
})
