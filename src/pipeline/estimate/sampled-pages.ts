/** A few pages of graphs for an estimate. */
import { graphNodesOf, madeMembershipType, makesMemberships } from '../../config/graph-nodes.ts'
import { throwIfInterrupted } from '../../errors.ts'
import type { GraphHead } from '../../neo4j/catalogue.ts'
import { membershipCount, type SampledHead, sampleHeads } from '../../neo4j/survey-catalogue.ts'
import { writtenProperties } from '../../write-back/properties.ts'
import { sampleWindows } from '../proposal/sample-windows.ts'
import { readerOf, type Source, sourcePagesOf } from '../source.ts'

export interface SampledPages {
  readonly pages: readonly (readonly GraphHead[])[]
  /** Relationships of the membership type at all graph nodes, from the count store; `null` where the user has none. */
  readonly membershipCount: number | null
  /** The same at the graph nodes of the sample. */
  readonly sampledMembershipCount: number | null
}

const pageCount = 3
/** So that the sample stays small where graphs are large. */
const membersPerPage = 10_000
/** Read first, where only members tell how large graphs are. */
const firstGraphs = 10

/** Spread over the database where graphs are found by graph nodes of the user's; otherwise those with the smallest keys. */
export async function sampledPages(source: Source): Promise<SampledPages> {
  const { database, config, summary } = source
  const { projection } = config
  if (makesMemberships(projection)) {
    const size = pageSize(source, await meanMembers(source))
    const heads =
      projection.kind === 'neighbourhood'
        ? await spreadHeads(source, size)
        : await firstHeads(source, Math.min(summary.graphCount, pageCount * size))
    return { pages: pagesOf(heads, size), membershipCount: null, sampledMembershipCount: null }
  }
  const { graphLabel, membershipType } = projection
  const [row = { count: 0 }] = await database.run(membershipCount, { graphLabel, membershipType }, {})
  const size = pageSize(source, row.count / summary.graphCount)
  const heads = await spreadHeads(source, size)
  const sampledMembershipCount = heads.reduce((sum, { memberships }) => sum + memberships, 0)
  return { pages: pagesOf(heads, size), membershipCount: row.count, sampledMembershipCount }
}

/** Graphs per page, of so many members each. */
function pageSize({ config }: Source, members: number): number {
  return Math.max(1, Math.min(config.writing.pageSize, Math.floor(membersPerPage / Math.max(1, members))))
}

async function meanMembers(source: Source): Promise<number> {
  const heads = await firstHeads(source, firstGraphs)
  let members = 0
  let count = 0
  for await (const { graphs } of sourcePagesOf(source, heads)) {
    members += graphs.reduce((sum, { table }) => sum + table.members.length, 0)
    count += graphs.length
  }
  return members / Math.max(1, count)
}

function firstHeads(source: Source, limit: number): Promise<readonly GraphHead[]> {
  const scoredAtProperty = writtenProperties(source.config.writing.prefix).scoredAt
  return readerOf(source).headsFrom(source.summary.firstKey, limit, { ...headProperties(source), scoredAtProperty })
}

async function spreadHeads(source: Source, size: number): Promise<SampledHead[]> {
  const { database, summary, signal } = source
  const { projection } = source.config
  const membershipType = projection.kind === 'membership' ? projection.membershipType : madeMembershipType
  const names = { ...graphNodesOf(projection), membershipType, ...headProperties(source) }
  const heads: SampledHead[] = []
  for (const window of sampleWindows(summary.graphCount, { count: pageCount, size })) {
    throwIfInterrupted(signal, 'sampling')
    heads.push(...(await database.run(sampleHeads, names, window)))
  }
  return heads
}

function headProperties({ config: { targetProperty, writing } }: Source) {
  return { targetProperty, fingerprintProperty: writtenProperties(writing.prefix).fingerprint }
}

function pagesOf(heads: readonly GraphHead[], size: number): (readonly GraphHead[])[] {
  return Array.from({ length: Math.ceil(heads.length / size) }, (_, page) =>
    heads.slice(page * size, (page + 1) * size),
  )
}
