/** Points turned, shifted and scaled into a box: the longest way lies across, so that a chain takes one line. */
import type { Point } from './point.ts'

export interface Box {
  readonly width: number
  /** Free on each side. */
  readonly margin: number
  /** The least height. */
  readonly shortest: number
}

export interface FittedPoints {
  /** Within width and height. [N] */
  readonly points: readonly Point[]
  readonly height: number
}

/** Distances keep their proportions. */
export function fitInto(points: readonly Point[], { width, margin, shortest }: Box): FittedPoints {
  const turned = alongLongestAxis(points)
  const [left, right] = extent(turned.map(({ x }) => x))
  const [top, bottom] = extent(turned.map(({ y }) => y))
  const room = width - 2 * margin
  const scale = room / Math.max(right - left, bottom - top, Number.MIN_VALUE)
  const scaled = Number.isFinite(scale) ? scale : 0
  const height = Math.round(Math.max(shortest, (bottom - top) * scaled + 2 * margin))
  return {
    height,
    points: turned.map(({ x, y }) => ({
      x: width / 2 + (x - (left + right) / 2) * scaled,
      y: height / 2 + (y - (top + bottom) / 2) * scaled,
    })),
  }
}

/** Turned by the angle of the first principal component. */
function alongLongestAxis(points: readonly Point[]): readonly Point[] {
  const [meanX, meanY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))]
  const moment = (of: (dx: number, dy: number) => number) => mean(points.map(({ x, y }) => of(x - meanX, y - meanY)))
  const angle = Math.atan2(2 * moment((dx, dy) => dx * dy), moment((dx) => dx * dx) - moment((_dx, dy) => dy * dy)) / 2
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return points.map(({ x, y }) => ({ x: x * cos + y * sin, y: y * cos - x * sin }))
}

function extent(values: readonly number[]): readonly [low: number, high: number] {
  if (values.length === 0) return [0, 0]
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
