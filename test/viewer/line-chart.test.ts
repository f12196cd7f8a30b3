import { describe, expect, it } from 'vitest'
import { lineChart } from '../../src/viewer/line-chart.ts'

const pathsOf = (markup: string) =>
  Array.from(markup.matchAll(/<path class="(\w+)" d="([^"]*)"/g), ([, name, d]) => [name, d])

describe('lineChart()', () => {
  it('draws each curve from the first epoch to the last, the higher the value the further up', () => {
    const { html } = lineChart({ title: 'accuracy', curves: [{ values: [0, 1, 0.5], stroke: 'thin' }] })
    // Between 48 and 548 of 560, and from 212 up to 12.
    expect(pathsOf(html).filter(([name]) => name === 'thin')).toEqual([['thin', 'M48,212L298,12L548,112']])
  })

  it('interrupts a curve where there is no number', () => {
    const { html } = lineChart({ title: 'loss', curves: [{ values: [0, 1, Number.NaN, 1, 0], stroke: 'bold' }] })
    const [, path = ''] = pathsOf(html).find(([name]) => name === 'bold') ?? []
    expect(path.match(/M/g)).toHaveLength(2)
    expect(path).not.toContain('NaN')
  })

  it('draws a single epoch, and values that are all equal, without NaN', () => {
    for (const values of [[0.5], [0.5, 0.5], []])
      expect(lineChart({ title: 'loss', curves: [{ values, stroke: 'thin' }] }).html).not.toMatch(/NaN|Infinity/)
  })

  it('names curves that stand beside each other, and the page they are on styles them', () => {
    const { html } = lineChart({
      title: 'accuracy',
      curves: [
        { values: [0, 1], stroke: 'series-1', name: 'smg' },
        { values: [0, 0.5], stroke: 'series-2', name: 'gat' },
      ],
    })
    expect(Array.from(html.matchAll(/text-anchor="end">([a-z]+)</g), ([, name]) => name)).toEqual(['smg', 'gat'])
    expect(html).not.toContain('<style>')
  })
})
