/** What is written at nodes, where there is room for it. */
import type { Point } from './point.ts'
import type { ViewedNode } from './viewed-graph.ts'

export interface NodeText extends Point {
  readonly text: string
  /** Place of the node in the list. */
  readonly node: number
  /** In the node, on its colour. */
  readonly isInside: boolean
}

export interface TextRoom {
  /** Of the nodes. [N] */
  readonly points: readonly Point[]
  readonly radius: number
  readonly width: number
  /** Property whose values are written. Default: keys */
  readonly label: string | undefined
}

export const textSize = 8
/** Of the size, on average. */
const letterWidth = 0.58
const mostCharacters = 14

/**
 * Keys or values in nodes that hold them, else below or above, the first nodes first, where they cover neither other nodes nor other texts. Where
 * fewer than half of the nodes have room, nothing is written: what is missing would seem to mean something.
 */
export function nodeTexts(
  nodes: readonly ViewedNode[],
  { points, radius, width, label }: TextRoom,
): readonly NodeText[] {
  const placed: NodeText[] = []
  const boxes: Rectangle[] = points.map(({ x, y }) => around(x, y, radius, radius))
  for (const [node, { key, properties }] of nodes.entries()) {
    const [text, point] = [shortened(label === undefined ? key : valueText(properties[label])), points[node]]
    if (text === null || point === undefined) continue
    const half = ([...text].length * letterWidth * textSize) / 2
    if (half <= radius * 0.8) {
      placed.push({ text, node, x: point.x, y: point.y + textSize * 0.36, isInside: true })
      continue
    }
    for (const y of [point.y + radius + textSize * 0.9, point.y - radius - textSize * 0.25]) {
      const box = around(point.x, y - textSize * 0.35, half, textSize / 2)
      if (box.left < 0 || box.right > width || boxes.some((other) => overlap(box, other))) continue
      boxes.push(box)
      placed.push({ text, node, x: point.x, y, isInside: false })
      break
    }
  }
  return 2 * placed.length >= nodes.length ? placed : []
}

interface Rectangle {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function around(x: number, y: number, halfWidth: number, halfHeight: number): Rectangle {
  return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight }
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

function valueText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return Number(value.toPrecision(3)).toString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function shortened(text: string | null): string | null {
  const characters = [...(text ?? '')]
  return characters.length > mostCharacters ? `${characters.slice(0, mostCharacters - 1).join('')}…` : text
}
