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
})
const model = {
  name: 'smg-jk',
  measures: { accuracy: { mean: 0.75, std: 0.05 } },
  folds: [fold(1, 0.7), fold(2, 0.8)],
  curves: [
    {
      title: 'accuracy, test part',
      folds: [
        [0.5, 0.7, 0.5],
        [0.5, 0.8, 0.5],
      ],
      mean: [0.5, 0.75, 0.5],
    },
    { title: 'loss while training', folds: [], mean: [1, 0.5, 0.25] },
  ],
  reliability: [
    { count: 0, confidence: null, accuracy: null },
    { count: 4, confidence: 0.9, accuracy: 0.75 },
  ],
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
    expect(page).toContain('<th>&lt;no&gt;</th><td class="shade-18">9</td><td class="shade-2">1</td>')
    expect(Array.from(page.matchAll(/<figcaption>([^<]*)/g), ([, title]) => title)).toEqual([
      'accuracy, test part',
      'loss while training',
      'share of right predictions by their probability; the larger, the more predictions',
    ])
  })

  it('draws a thin line for each fold and a bold one for their mean, or the mean alone', () => {
    const page = evaluationReport(report)
    expect(page.match(/<path class="thin"/g)).toHaveLength(2)
    expect(page.match(/<path class="bold"/g)).toHaveLength(2)
  })

  it('shows how often predictions of each probability are right', () => {
    expect(evaluationReport(report)).toContain('4 predictions with probability 0.90: 75.0 % right')
    expect(evaluationReport({ ...report, models: [{ ...model, reliability: null }] })).not.toContain('Calibration')
  })

  it('sets models beside the first, with the interval of their difference', () => {
    const other = { ...model, name: 'gin', difference: { mean: 0.02, interval: [-0.01, 0.05] as const } }
    expect(textOf(evaluationReport({ ...report, models: [model, other] }))).toContain('0.02 -0.01 to 0.05')
  })

  it('shows the settings that were tried', () => {
    const spread = { mean: 0.5, std: 0.1 }
    const trial = { trial: 1, parameters: { hidden: 8 }, validationLoss: spread, chosenIn: 2, endedEarlyIn: 0 }
    const shown = (validationAccuracy: typeof spread | null) =>
      textOf(evaluationReport({ ...report, models: [{ ...model, trials: [{ ...trial, validationAccuracy }] }] }))
    expect(shown({ mean: 0.75, std: 0.05 })).toContain('1 8 0.5 ± 0.1 0.75 ± 0.05 2 0')
    expect(shown(null)).toContain('1 8 0.5 ± 0.1 2 0')
  })
})
