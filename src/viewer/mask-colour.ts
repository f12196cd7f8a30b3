/**
 * Masks as depth of one colour. Lightness changes evenly with the mask, so that the order of masks survives colour-blindness and
 * print without colour; the blue hue is told from grey edges by all common forms of colour vision.
 */
import { interpolateHcl } from 'd3-interpolate'

export type Theme = 'light' | 'dark'

/** Mask 0 is close to the paper, mask 1 as far from it as it goes. */
const ends: Readonly<Record<Theme, readonly [zero: string, one: string]>> = {
  light: ['#eef3fb', '#08306b'],
  dark: ['#1d2733', '#bfdcff'],
}

/** @param mask from 0 to 1; what is beyond is taken for the nearer of them */
export function maskColour(mask: number, theme: Theme): string {
  const [zero, one] = ends[theme]
  const text = interpolateHcl(zero, one)(Math.min(1, Math.max(0, mask)))
  const parts = /(\d+), (\d+), (\d+)/.exec(text)?.slice(1) ?? []
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`
}
