/**
 * Edges that have the same features get the same matrix of an edge network, and matrices are most of what a layer computes. An
 * undirected edge is two with the same features, and edges of a few kinds are many. So a matrix is made once for some edges.
 */
import { hashRow } from '../graph/row-hash.ts'
import { createRowNumbering } from '../graph/row-numbering.ts'

export interface SharedMatrices {
  /** Number of matrices, M. */
  readonly count: number
  /** Edges that each has places for, P. */
  readonly places: number
  /** Edge whose features each matrix is made of. [M] */
  readonly madeOf: Int32Array
  /** Place of each edge: P times its matrix, and which of its places. [E] */
  readonly placeOf: Int32Array
}

/** What it costs to make a matrix, where a place costs 1: about as many products as the edge network has hidden units. */
const matrixCost = 100
const mostPlaces = 64

/** @param features [E, De] */
export function sharedMatrices(features: Float32Array, featureCount: number): SharedMatrices {
  const kindOf = kindsOf(features, featureCount)
  const edgesOfKind = new Int32Array(kindOf.length)
  for (const kind of kindOf) edgesOfKind[kind] = (edgesOfKind[kind] ?? 0) + 1
  const places = cheapestPlaces(edgesOfKind)
  const madeOf: number[] = []
  const placeOf = new Int32Array(kindOf.length)
  /** Place for the next edge of each kind; a multiple of `places`: none in a matrix that is there. */
  const next = new Int32Array(kindOf.length)
  kindOf.forEach((kind, e) => {
    let place = next[kind] ?? 0
    if (place % places === 0) {
      place = madeOf.length * places
      madeOf.push(e)
    }
    placeOf[e] = place
    next[kind] = place + 1
  })
  return { count: madeOf.length, places, madeOf: Int32Array.from(madeOf), placeOf }
}

/** The same number for edges with the same features, from 0 on. [E] */
function kindsOf(features: Float32Array, featureCount: number): Int32Array {
  const edgeCount = features.length / featureCount
  const bits = new Int32Array(features.buffer, features.byteOffset, features.length)
  const numbering = createRowNumbering(edgeCount)
  const hash = { low: 0, high: 0 }
  return Int32Array.from({ length: edgeCount }, (_, e) => {
    hashRow(bits, e * featureCount, featureCount, hash)
    return numbering.numberOf(hash.low, hash.high)
  })
}

/** Many places save matrices where edges are alike, and are empty where they are not. */
function cheapestPlaces(edgesOfKind: Int32Array): number {
  let best = { places: 1, cost: Number.POSITIVE_INFINITY }
  for (let places = 1; places <= mostPlaces; places *= 2) {
    const matrices = edgesOfKind.reduce((sum, edges) => sum + Math.ceil(edges / places), 0)
    const cost = matrices * (matrixCost + places)
    if (cost < best.cost) best = { places, cost }
  }
  return best.places
}
