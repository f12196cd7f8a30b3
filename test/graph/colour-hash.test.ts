/** Hashes name colours across graphs: rows of a batch are merged by them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Colouring, refineColours } from '../../src/graph/colours.ts'
import type { GraphArrays } from '../../src/graph/encoded-graph.ts'
import { packGraphs } from '../../src/graph/packed-graphs.ts'
import { anyGraph, edgesOf, featuresOf, graphOf, pathOf, renumbered, ringOf, unionOf } from './graph-arrays.ts'

const coloursOf = (graph: GraphArrays, rounds: number) => refineColours([graph], packGraphs([graph]), rounds)

/** The hash of each node of the only graph. [N] */
function hashesOf({ rowOf, low, high }: Colouring): string[] {
  return Array.from(rowOf, (row) => `${low[row]} ${high[row]}`)
}

/** The hash of each node in the last round. [N] */
const hashesOfRound = (graph: GraphArrays, rounds: number) => coloursOf(graph, rounds).map(hashesOf)[rounds] ?? []

/** What each node sees to a depth of 0, 1, ..., `depth`, written out: slow, but nothing is hashed. [depth + 1] of [N] */
function viewsOf(graph: GraphArrays, depth: number): string[][] {
  const views = [featuresOf(graph).map(String)]
  for (let round = 1; round <= depth; round++) {
    const before = views[round - 1] ?? []
    views.push(
      before.map((own, v) => {
        const around = edgesOf(graph)
          .filter(({ to }) => to === v)
          .map(({ from, type, weight }) => `${type}:${weight}:${before[from]}`)
        return `${own}(${around.sort()})`
      }),
    )
  }
  return views
}

describe('the hash of a colour', () => {
  it('is that of two triangles in a ring of 6, in every round: no message passing can tell them apart', () => {
    const triangles = coloursOf(unionOf(ringOf(3), ringOf(3)), 6)
    expect(coloursOf(ringOf(6), 6).map(hashesOf)).toEqual(triangles.map(hashesOf))
  })

  const kinds = { plain: {}, typed: { typeCount: 2 }, weighted: { weighted: true } }

  it.each(Object.entries(kinds))('does not depend on the order of nodes and edges: %s edges', (_, kind) => {
    const graphAndOrder = anyGraph(kind).chain((graph) => {
      const rows = Array.from({ length: graph.nodeCount }, (_, v) => v)
      return fc.tuple(fc.constant(graph), fc.shuffledSubarray(rows, { minLength: rows.length }))
    })
    fc.assert(
      fc.property(graphAndOrder, ([graph, order]) => {
        // Edges are sorted by the new numbers, so those into a node come in another order as well.
        const moved = hashesOfRound(renumbered(graph, order), 3)
        expect(order.map((to) => moved[to])).toEqual(hashesOfRound(graph, 3))
      }),
    )
  })

  it.each(Object.entries(kinds))('is the same where two nodes see the same, and only there: %s edges', (_, kind) => {
    fc.assert(
      fc.property(anyGraph(kind), anyGraph(kind), fc.nat(4), (a, b, depth) => {
        const hashes = [a, b].flatMap((graph) => hashesOfRound(graph, depth))
        const views = [a, b].flatMap((graph) => viewsOf(graph, depth)[depth] ?? [])
        const halves = [0, 1].map((half) => hashes.map((hash) => hash.split(' ')[half]))
        // Among so few nodes each half tells what the whole does.
        for (const names of [hashes, ...halves])
          expect(names.map((name) => names.indexOf(name))).toEqual(views.map((view) => views.indexOf(view)))
      }),
    )
  })

  it('does not depend on whether other nodes of the graph go on splitting', () => {
    const path = graphOf(
      featuresOf(pathOf(14)).map(() => [2, 2]),
      edgesOf(pathOf(14)),
    )
    fc.assert(
      fc.property(anyGraph(), (graph) => {
        const beside = coloursOf(unionOf(graph, path), 6)
        const alone = coloursOf(graph, 6)
        expect(beside.map((colouring) => hashesOf(colouring).slice(0, graph.nodeCount))).toEqual(alone.map(hashesOf))
      }),
    )
  })
})
