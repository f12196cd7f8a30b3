import { describe, expect, it } from 'vitest'
import { maskColour } from '../../src/viewer/mask-colour.ts'

const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
/** Relative luminance of WCAG 2: what is left of a colour in grey print. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const lightness = (colour: string) => 116 * Math.cbrt(luminance(colour)) - 16

describe.each(['light', 'dark'] as const)('maskColour() on %s paper', (theme) => {
  const masks = Array.from({ length: 21 }, (_, i) => i / 20)
  const levels = masks.map((mask) => lightness(maskColour(mask, theme)))

  it('changes evenly in lightness, always in one direction', () => {
    const steps = levels.slice(1).map((level, i) => level - (levels[i] ?? Number.NaN))
    const direction = theme === 'light' ? -1 : 1
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length
    expect(Math.sign(mean)).toBe(direction)
    for (const step of steps) expect(Math.abs(step / mean - 1)).toBeLessThan(0.35)
  })

  it('has mask 1 far from the paper, in print without colour too', () => {
    const paper = theme === 'light' ? 1 : luminance('#11161d')
    const [brighter, darker] = [paper, luminance(maskColour(1, theme))].sort((a, b) => b - a)
    // Contrast ratio of WCAG 2; 4.5 is what text needs.
    expect(((brighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05)).toBeGreaterThan(7)
  })

  it('takes what is beyond the ends for the ends', () => {
    expect(maskColour(-0.1, theme)).toBe(maskColour(0, theme))
    expect(maskColour(1.1, theme)).toBe(maskColour(1, theme))
  })
})
