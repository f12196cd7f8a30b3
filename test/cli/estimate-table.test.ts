import { describe, expect, it } from 'vitest'
import { estimateRows } from '../../src/cli/estimate-table.ts'

const estimate = {
  graphCount: 4000,
  nodeCount: 100_000,
  relationshipCount: 104_000,
  sampledGraphCount: 768,
  model: 'cases:2',
  scored: 40,
  nodePropertiesWritten: 4320,
  requiredMemory: '[500 MiB ... 800 MiB]',
  bytesMin: 500 * 2 ** 20,
  bytesMax: 800 * 2 ** 20,
  storeBytesMin: 1.5 * 2 ** 30,
  storeBytesMax: 3 * 2 ** 30,
  minMillis: 2500,
  maxMillis: 5000,
  readMillis: 1000,
  trainMinMillis: 0,
  trainMaxMillis: 0,
  computeMillis: 500,
  writeMillis: 1000,
  serverMillis: 60,
}
const valueIn = (rows: ReturnType<typeof estimateRows>, name: string) =>
  rows.find((row) => row.estimate === name)?.value

describe('estimateRows()', () => {
  it('says what would be done and what it would take', () => {
    const rows = estimateRows(estimate)
    expect(Object.fromEntries(rows.map((row) => [row.estimate, row.value]))).toEqual({
      graphs: '4,000',
      nodes: '100,000',
      relationships: '104,000',
      'sampled graphs': '768',
      model: 'cases:2',
      'graphs to score': '40',
      'properties to write': '4,320',
      'peak memory': '500 to 800 MiB',
      'growth of the database': '1.5 to 3.0 GiB',
      time: '2.5 to 5.0 s',
    })
  })

  it('tells training apart where there is no model yet', () => {
    const times = { minMillis: 90_000, maxMillis: 540_000, trainMinMillis: 60_000, trainMaxMillis: 480_000 }
    expect(valueIn(estimateRows({ ...estimate, ...times, model: null }), 'time')).toBe(
      '1.5 to 9.0 min, of which training 1.0 to 8.0 min',
    )
  })
})
