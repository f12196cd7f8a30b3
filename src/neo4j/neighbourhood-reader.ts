/**
 * Graphs of what is near a graph node. A breadth-first walk goes on from the nodes that it has come to, one statement for a hop
 * of all walks of a page, and ends when a graph has as many members as it may have: time is linear in the relationships of
 * those members, however many paths there are between them, and memory in the members.
 */
import type { Key } from '../config/property-value.ts'
import type { NeighbourhoodProjection } from '../config/schema.ts'
import type { Database } from './database.ts'
import { graphNodeReader } from './membership-reader.ts'
import { neighbourhoodHop, neighbourhoodStarts, neighbourhoodSubgraphs } from './projection-catalogue.ts'
import type { ProjectionReader } from './projection-reader.ts'

/** Of a hub: with more, it is asked for its relationships with every member, instead of for all that it has. */
const manyRelationships = 10_000n

interface Walk {
  readonly key: Key
  /** Nodes come to by the last hop. */
  frontier: readonly string[]
  /** All nodes come to, the start among them. */
  readonly seen: Set<string>
  readonly members: string[]
  isCut: boolean
}

export function neighbourhoodReader(database: Database, projection: NeighbourhoodProjection): ProjectionReader {
  const { graphLabel, graphKey, nodeLabels, nodeKey, relationshipTypes, hops, maxNodes } = projection
  const names = { nodeLabels, nodeKey, relationshipTypes }
  const hop = async (walks: readonly Walk[]) => {
    const rows = await database.run(neighbourhoodHop, names, {
      walks: walks.map(({ frontier, seen }) => ({ frontier, seen: [...seen] })),
      // One more than there is room for tells that a graph is cut.
      limit: BigInt(maxNodes + 1),
    })
    walks.forEach((walk, i) => {
      advance(walk, rows[i]?.found ?? [], maxNodes)
    })
  }
  return {
    ...graphNodeReader(database, projection),
    // At most `maxNodes` each.
    memberCounts: async () => [],
    subgraphs: async (keys, wanted) => {
      const starts = await database.run(neighbourhoodStarts, { graphLabel, graphKey, nodeLabels }, { keys })
      const walks = starts.map(
        ({ key, id, isMember }): Walk => ({
          key,
          frontier: [id],
          seen: new Set([id]),
          members: isMember ? [id] : [],
          isCut: false,
        }),
      )
      for (let distance = 1; distance <= hops; distance++) {
        const going = walks.filter(({ frontier }) => frontier.length > 0)
        if (going.length > 0) await hop(going)
      }
      const cut = new Set(walks.flatMap(({ key, isCut }) => (isCut ? [key] : [])))
      const rows = await database.run(neighbourhoodSubgraphs, names, {
        walks: walks.map(({ key, members }) => ({ key, members })),
        manyRelationships,
        ...wanted,
      })
      return rows.map((row) => ({ ...row, shared: [], isCut: cut.has(row.key) }))
    },
  }
}

/** Takes the nodes that a hop has found, as many as there is room for. */
function advance(walk: Walk, found: readonly string[], maxNodes: number): void {
  const taken = found.slice(0, maxNodes - walk.members.length)
  walk.isCut = taken.length < found.length
  for (const id of taken) walk.seen.add(id)
  walk.members.push(...taken)
  walk.frontier = walk.isCut ? [] : taken
}
