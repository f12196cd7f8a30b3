import { parseConfig } from '../../../src/config/load.ts'
import type { WriteOptions } from '../../../src/write-back/score-rows.ts'

/** Options of writing two layers of masks to cases and their accounts. */
export function writeOptions(changes: Partial<WriteOptions> = {}): WriteOptions {
  const { projection, writing } = parseConfig(
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
    },
    'test',
  )
  return {
    projection,
    writing,
    model: 'rings:3',
    runId: 'run-1',
    scoredAt: '2026-01-02T03:04:05.678Z',
    layers: 2,
    propertyKeys: [],
    ...changes,
  }
}
