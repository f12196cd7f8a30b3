/** The graphs of a projection as a stream of pages. */
import type { Config } from '../config/schema.ts'
import { ServerMemoryError, SourceDataError, throwIfInterrupted } from '../errors.ts'
import type { GraphProblem } from '../graph/graph-problem.ts'
import { type SubgraphTable, subgraphTable } from '../graph/rows.ts'
import { runsWithin } from '../graph/runs-within.ts'
import { type Key, keyText } from '../graph/subgraph.ts'
import type { GraphHead } from '../neo4j/catalogue.ts'
import type { Database } from '../neo4j/database.ts'
import { inHalves } from '../neo4j/in-halves.ts'
import { graphHeadPages, type ProjectionReader } from '../neo4j/projection-reader.ts'
import { projectionReader } from '../neo4j/reader-of-projection.ts'
import { writtenProperties } from '../write-back/properties.ts'
import { comesBefore, type KeyRange } from './key-range.ts'
import { mapAhead } from './map-ahead.ts'
import type { ProjectionSummary } from './preflight.ts'
import { wantedProperties } from './relationship-options.ts'

export interface SourceGraph {
  readonly head: GraphHead
  readonly table: SubgraphTable
  /** Element ids of the members, in the order of the table's, where we make the memberships. */
  readonly memberIds: readonly string[] | undefined
  /** Whether members were left out because there are too many. */
  readonly isCut: boolean
}

export interface SourcePage {
  /** In ascending key order. */
  readonly graphs: readonly SourceGraph[]
  readonly problems: readonly GraphProblem[]
}

export interface Source {
  readonly database: Database
  readonly config: Config
  readonly summary: ProjectionSummary
  /** Of the graphs that are read. Default: all */
  readonly range?: KeyRange | undefined
  readonly signal?: AbortSignal | undefined
}

/** Graph nodes per page when their members are not read. */
const headsPerPage = 10_000

/** Key, target and fingerprint of every graph, in ascending key order. */
export async function* graphHeads(source: Source): AsyncGenerator<GraphHead> {
  for await (const page of graphHeadPages(readerOf(source), pageOptions(source))) {
    throwIfInterrupted(source.signal, 'reading')
    yield* page
  }
}

/** Pages that are read, or have been, while the caller works on another. */
const pagesAhead = 2

/** Every graph of the projection whose members are to be read, page by page; `isRead` is asked once for each. */
export async function* sourcePages(
  source: Source,
  isRead: (head: GraphHead) => boolean = () => true,
): AsyncGenerator<SourcePage> {
  for await (const heads of graphHeadPages(readerOf(source), pageOptions(source)))
    yield* sourcePagesOf(source, heads.filter(isRead))
}

/** The graphs with these heads, page by page. */
export function sourcePagesOf(source: Source, heads: readonly GraphHead[]): AsyncGenerator<SourcePage> {
  return mapAhead(pagesOfHeads(source, heads), (page) => readPage(source, page), pagesAhead)
}

/** So that a page of large graphs takes no more memory than one of small ones. */
const membersPerPage = 20_000

type SizedHead = GraphHead & { readonly memberCount: number }

async function* pagesOfHeads(source: Source, heads: readonly GraphHead[]): AsyncGenerator<readonly SizedHead[]> {
  for (let first = 0; first < heads.length; first += headsPerPage) {
    const some = heads.slice(first, first + headsPerPage)
    const counts = await readerOf(source).memberCounts(some.map(({ key }) => key))
    const memberCounts = new Map(counts.map(({ key, memberCount }) => [key, memberCount]))
    const sized = some.map((head) => ({ ...head, memberCount: memberCounts.get(head.key) ?? 0 }))
    yield* runsWithin(sized, {
      count: source.config.writing.pageSize,
      sizes: [{ of: ({ memberCount }) => memberCount, limit: membersPerPage }],
    })
  }
}

async function readPage(source: Source, heads: readonly SizedHead[]): Promise<SourcePage> {
  const { config, signal } = source
  throwIfInterrupted(signal, 'reading')
  const { maxGraphNodes } = config
  const problems = headProblems(heads)
  const usable = heads.filter(({ key, problem, memberCount }) => {
    if (memberCount > maxGraphNodes) problems.push(tooLarge(key, memberCount, maxGraphNodes))
    return problem === undefined && memberCount <= maxGraphNodes
  })
  const keys = usable.map(({ key }) => key)
  const wanted = wantedProperties(config)
  const pages = await inHalves(keys, {
    work: (some) => readerOf(source).subgraphs(some, wanted),
    failure: ServerMemoryError,
    alone: (key, { message }) => {
      problems.push({ key, message: `Cannot read graph ${keyText(key)}: ${message}` })
      return []
    },
  })
  const rows = new Map(pages.flat().map((row) => [row.key, row]))
  const graphs: SourceGraph[] = []
  for (const head of usable) {
    const row = rows.get(head.key)
    // A graph that was deleted since its head was read is simply no longer there.
    if (row === undefined) continue
    if (row.members.length > maxGraphNodes) {
      problems.push(tooLarge(head.key, row.members.length, maxGraphNodes))
      continue
    }
    collectProblem(problems, head.key, () => {
      if (row.problem !== undefined) throw new SourceDataError(row.problem)
      const { memberIds, isCut = false } = row
      graphs.push({ head, table: subgraphTable({ ...row, target: head.target }), memberIds, isCut })
    })
  }
  return { graphs, problems }
}

function tooLarge(key: Key, memberCount: number, maxGraphNodes: number): GraphProblem {
  const message = `Cannot read graph ${keyText(key)}: expected at most ${maxGraphNodes} members, got ${memberCount}; raise maxGraphNodes where there is the memory, or leave members out`
  return { key, message }
}

/** The problems of graphs that are known before their members are read. */
export function headProblems(heads: readonly GraphHead[]): GraphProblem[] {
  return heads.flatMap(({ key, problem }) => (problem === undefined ? [] : [{ key, message: problem }]))
}

/** Runs `work`; bad source data becomes an entry of `problems`, anything else is thrown. */
export function collectProblem(problems: GraphProblem[], key: Key, work: () => void): void {
  try {
    work()
  } catch (thrown) {
    if (!(thrown instanceof SourceDataError)) throw thrown
    problems.push({ key, message: thrown.message })
  }
}

const problemsShown = 5

/** @throws SourceDataError with the first five problems, if there are any. */
export function throwProblems(problems: readonly GraphProblem[]): void {
  if (problems.length === 0) return
  const messages = [...new Set(problems.map(({ message }) => message))]
  const more = problems.length - problemsShown
  throw new SourceDataError(
    messages.slice(0, problemsShown).join('\n') +
      (more > 0 ? `\nand ${more} more graphs, among them ${keyText(problems[problemsShown]?.key ?? '')}` : ''),
  )
}

export function readerOf({ database, config }: Pick<Source, 'database' | 'config'>): ProjectionReader {
  return projectionReader(database, config.projection)
}

function pageOptions({ config, summary, range }: Source) {
  const { fingerprint, scoredAt } = writtenProperties(config.writing.prefix)
  const before = range?.before
  return {
    firstKey: range?.from ?? summary.firstKey,
    isWithin: before === undefined ? undefined : (key: Key) => comesBefore(key, before),
    pageSize: headsPerPage,
    targetProperty: config.targetProperty,
    fingerprintProperty: fingerprint,
    scoredAtProperty: scoredAt,
  }
}
