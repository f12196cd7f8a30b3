import { describe, expect, it } from 'vitest'
import { type RunReport, runReport } from '../../src/viewer/run-report.ts'

const report: RunReport = {
  runId: 'night-2',
  facts: [['status', 'FINISHED']],
  graphCount: 4,
  classes: [
    { name: 'chain', known: 2, predicted: 3 },
    { name: 'ring', known: 1, predicted: 1 },
  ],
  agreement: { right: 2, known: 3 },
  probabilities: { low: 0, high: 1, counts: [0, 0, 1, 3] },
  numbers: null,
  masks: [{ layer: 1, mean: 0.25, counts: [8, 0] }],
  maskQuality: [['sparsity', 0.5]],
  changes: {
    added: 1,
    changed: 1,
    unchanged: 2,
    meanAbsoluteDifference: 0.125,
    transitions: [{ before: 'ring', after: 'chain', count: 1 }],
    largest: [{ key: '<m1>', before: 'ring', after: 'chain', difference: null }],
  },
}
const textOf = (page: string) => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

describe('runReport()', () => {
  it('shows classes, probabilities, masks by layer, their quality and what changed', () => {
    const page = runReport(report)
    const text = textOf(page)
    expect(text).toContain('Of 3 graphs whose class is known 66.7 % are predicted to be of it')
    expect(Array.from(page.matchAll(/<figcaption>([^<]*)/g), ([, title]) => title)).toEqual([
      'graphs by the probability of their predicted class',
      'nodes by their mask in layer 1, mean 0.25',
    ])
    expect(text).toContain('sparsity 0.5')
    expect(text).toContain('1 predictions changed, 2 did not, 1 graphs are new')
    expect(text).toContain('ring chain 1')
    expect(page).toContain('<td>&lt;m1&gt;</td><td>ring</td><td>chain</td>')
  })

  it('has numbers instead of classes for a regression', () => {
    const numbers = { low: -1, high: 1, counts: [1, 3] }
    const page = runReport({ ...report, classes: [], agreement: null, probabilities: null, numbers })
    expect(page).toContain('graphs by their predicted number')
    expect(page).not.toContain('<h2>Classes</h2>')
  })

  it('says where it is not kept any more what the run changed', () => {
    expect(runReport({ ...report, changes: null })).toContain('is not kept any more')
  })
})
