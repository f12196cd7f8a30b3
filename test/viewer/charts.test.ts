import { describe, expect, it } from 'vitest'
import { classBalance } from '../../src/viewer/class-balance.ts'
import { histogram } from '../../src/viewer/histogram.ts'
import { reliabilityChart } from '../../src/viewer/reliability-chart.ts'

const numbersIn = (markup: string, pattern: RegExp) =>
  Array.from(markup.matchAll(pattern), ([, value]) => Number(value))

describe('histogram()', () => {
  const { html } = histogram({ title: 'nodes by mask', low: 0, high: 1, counts: [0, 1, 4, 2] })

  it('has a bar for each interval, as high as it has many', () => {
    // 4 of 4 is all of the height, 200.
    expect(numbersIn(html, /<rect class="bar"[^>]* height="([\d.]+)"/g)).toEqual([0, 50, 200, 100])
  })

  it('says what each bar counts', () => {
    expect(html).toContain('<title>0.5 to 0.75: 4</title>')
  })

  it('draws values that are all alike, and none at all, without NaN', () => {
    for (const counts of [
      [3, 0],
      [0, 0],
    ])
      expect(histogram({ title: 'x', low: 2, high: 2, counts }).html).not.toMatch(/NaN|Infinity|-\d+(\.\d)?" height/)
  })
})

describe('reliabilityChart()', () => {
  it('has predictions that are as often right as they say on the diagonal', () => {
    const { html } = reliabilityChart([
      { count: 9, confidence: 0.5, accuracy: 0.5 },
      { count: 0, confidence: null, accuracy: null },
      { count: 1, confidence: 1, accuracy: 0 },
    ])
    // From 48 to 548 across, from 212 up to 12; nine times the predictions have nine times the area.
    expect(numbersIn(html, / cx="([\d.]+)"/g)).toEqual([298, 548])
    expect(numbersIn(html, / cy="([\d.]+)"/g)).toEqual([112, 212])
    const [many = 0, one = 0] = numbersIn(html, / r="([\d.]+)"/g)
    expect(many ** 2 / one ** 2).toBeCloseTo(9, 0)
  })
})

describe('classBalance()', () => {
  it('sets known and predicted graphs of each class side by side', () => {
    const { html } = classBalance([
      { name: '<ring>', known: 10, predicted: 5 },
      { name: 'chain', known: 0, predicted: 0 },
    ])
    expect(html).toContain('<td>&lt;ring&gt;</td><td>10</td><td>5</td>')
    expect(numbersIn(html, /<rect [^>]*width="([\d.]+)"/g)).toEqual([200, 100, 0, 0])
  })
})
