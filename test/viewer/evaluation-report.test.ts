import { describe, expect, it } from 'vitest'
import { evaluationReport, type Report } from '../../src/viewer/evaluation-report.ts'

const fold = (number: number, accuracy: number) => ({
  repeat: 1,
  fold: number,
  testCount: 10,
  epoch: 2,
  epochs: 3,
  trial: 1,
  values: { accuracy },
  curves: { trainLoss: [1, 0.5, 0.25], test: [0.5, accuracy, 0.5], validation: null, train: null },
})
const model = {
  name: 'smg-jk',
  measures: { accuracy: { mean: 0.75, std: 0.05 } },
  folds: [fold(1, 0.7), fold(2, 0.8)],
  confusion: [
    [9, 1],
    [4, 6],
  ],
  difference: null,
  trials: null,
}
const report: Report = {
  title: 'Evaluation of cases',
  facts: [['graphs', 20]],
  classes: ['<no>', 'yes'],
  measureWords: { accuracy: 'accuracy' },
  curveName: 'accuracy',
  models: [model],
}
const textOf = (page: string) => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

describe('evaluationReport()', () => {
  it('is a page on its own: without scripts, styles or pictures from elsewhere', () => {
    const page = evaluationReport(report)
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(page).not.toMatch(/<script|<link|<img|src=|href=|url\(/)
  })

  it('has measures, folds and the confusion matrix, and curves of what there is', () => {
    const page = evaluationReport(report)
    expect(textOf(page)).toContain('smg-jk 0.75 ± 0.05')
    expect(textOf(page)).toContain('1 10 2 3 0.7 2 10 2 3 0.8')
    expect(page).toContain('<th>&lt;no&gt;</th><td style="--share:0.900">9</td><td style="--share:0.100">1</td>')
    expect(Array.from(page.matchAll(/<figcaption>([^<]*)/g), ([, title]) => title)).toEqual([
      'accuracy, test part',
      'loss while training',
    ])
  })

  it('sets models beside the first, with the interval of their difference', () => {
    const other = { ...model, name: 'gin', difference: { mean: 0.02, interval: [-0.01, 0.05] as const } }
    expect(textOf(evaluationReport({ ...report, models: [model, other] }))).toContain('0.02 -0.01 to 0.05')
  })

  it('shows the settings that were tried', () => {
    const spread = { mean: 0.5, std: 0.1 }
    const trials = [{ trial: 1, parameters: { hidden: 8 }, validationLoss: spread, chosenIn: 2, endedEarlyIn: 0 }]
    expect(textOf(evaluationReport({ ...report, models: [{ ...model, trials }] }))).toContain('1 8 0.5 ± 0.1 2 0')
  })
})
