import { describe, expect, it } from 'vitest'
import { nodeTexts } from '../../src/viewer/node-texts.ts'
import { viewedNode } from '../support/viewed-graphs.ts'

const room = { radius: 10, width: 300, label: undefined }
const far = [
  { x: 50, y: 50 },
  { x: 150, y: 50 },
]

describe('nodeTexts()', () => {
  it('writes into a node what it holds, and longer text below', () => {
    const texts = nodeTexts([viewedNode('C', [1]), viewedNode('account-12', [1])], { ...room, points: far })
    expect(texts.map(({ text, isInside }) => [text, isInside])).toEqual([
      ['C', true],
      ['account-12', false],
    ])
    expect(texts[1]?.y).toBeGreaterThan(60)
  })

  it('writes above where another node is below', () => {
    const points = [...far, { x: 150, y: 68 }]
    const nodes = ['account-1', 'account-2', 'account-3'].map((key) => viewedNode(key, [1]))
    expect(nodeTexts(nodes, { ...room, points })[1]?.y).toBeLessThan(40)
  })

  it('writes nothing where fewer than half of the nodes have room', () => {
    const points = Array.from({ length: 9 }, (_, v) => ({ x: 100 + 4 * v, y: 50 }))
    const nodes = points.map((_, v) => viewedNode(`account-${v}`, [1]))
    expect(nodeTexts(nodes, { ...room, points })).toEqual([])
  })

  it('writes a property where it is asked for, shortened, and nothing for a node without it', () => {
    const nodes = [
      { ...viewedNode('a', [1]), properties: { kind: 'a very long kind of account' } },
      { ...viewedNode('b', [1]), properties: {} },
    ]
    expect(nodeTexts(nodes, { ...room, points: far, label: 'kind' }).map(({ text }) => text)).toEqual([
      'a very long k…',
    ])
  })
})
