import { describe, expect, it } from 'vitest'
import { trainingReport } from '../../src/viewer/training-report.ts'

const report = {
  model: 'cases:3',
  facts: [['target', 'suspicious']] as const,
  bestEpoch: 2,
  measures: [['accuracy', 0.875]] as const,
  trainLoss: [1, 0.5, 0.25],
  validationLoss: [1, 0.75, 1],
  validationMeasure: { name: 'accuracy', values: [0.5, 0.75, 0.75] },
  learningRate: [0.001, 0.001, 0.0005],
  evaluations: [],
}
const textOf = (page: string) => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

describe('trainingReport()', () => {
  it('draws loss, measure and learning rate by epoch, with a line at the epoch whose weights the model has', () => {
    const page = trainingReport(report)
    expect(Array.from(page.matchAll(/<figcaption>([^<]*)/g), ([, title]) => title)).toEqual([
      'loss',
      'accuracy, validation part',
      'learning rate',
    ])
    // Epoch 2 of 3 is in the middle of 48 to 548.
    expect(page.match(/<path class="mark" d="M298,12V212"/g)).toHaveLength(3)
    expect(textOf(page)).toContain('accuracy 0.875')
  })

  it('names cross-validations with the same settings, where there are any', () => {
    const evaluations = [{ id: 'abc', protocol: 'nested', measure: 'accuracy', mean: 0.8, std: 0.05 }]
    expect(textOf(trainingReport({ ...report, evaluations }))).toContain('abc nested accuracy 0.8 ± 0.05')
    expect(trainingReport(report)).not.toContain('Cross-validations')
  })
})
