/** `smg estimate`: what a sync would do, and what it would take, from counts and a few pages of graphs. Writes nothing. */
import { makesGraphNodes, makesMemberships } from '../config/graph-nodes.ts'
import type { Config } from '../config/schema.ts'
import { SourceDataError } from '../errors.ts'
import { kindOf, numbersOf } from '../graph/feature-values.ts'
import type { Key } from '../graph/subgraph.ts'
import { loadBackend } from '../model/backend.ts'
import type { Database } from '../neo4j/database.ts'
import { relationshipCount, serverSpeed } from '../neo4j/survey-catalogue.ts'
import { writtenCounts } from '../write-back/written-counts.ts'
import { currentModel } from './current-model.ts'
import {
  expectedMemory,
  expectedStoreBytes,
  expectedTimes,
  propertiesOf,
  type Work,
} from './estimate/expected-costs.ts'
import { expectedCounts, scaled } from './estimate/expected-counts.ts'
import { sampledPages } from './estimate/sampled-pages.ts'
import { noTraining, trainingTrial } from './estimate/training-trial.ts'
import { type TrialRun, trialRun } from './estimate/trial-run.ts'
import { type ProjectionSummary, preflight } from './preflight.ts'
import type { Source } from './source.ts'

/** Names as in Neo4j GDS; bytes are those of this process unless they say store. */
export interface Estimate {
  readonly graphCount: number
  readonly nodeCount: number
  readonly relationshipCount: number
  /** Graphs that were read for it; the counts of members and relationships are exact if these are all. */
  readonly sampledGraphCount: number
  /** "name:version" of the model that a sync would score with; `null` if it would train one. */
  readonly model: string | null
  /** Graphs that it would score: all without a model, else as many as have changed in the sample. */
  readonly scored: number
  readonly nodePropertiesWritten: number
  /** Peak memory, for people: "[410 MiB ... 640 MiB]". */
  readonly requiredMemory: string
  readonly bytesMin: number
  readonly bytesMax: number
  /** Growth of the database's files, its transaction log included. */
  readonly storeBytesMin: number
  readonly storeBytesMax: number
  /** Of the whole sync; its parts below overlap. */
  readonly minMillis: number
  readonly maxMillis: number
  readonly readMillis: number
  readonly trainMinMillis: number
  readonly trainMaxMillis: number
  readonly computeMillis: number
  readonly writeMillis: number
  /** Of the calculation by which the server's speed is told. */
  readonly serverMillis: number
}

export interface EstimateOptions {
  readonly signal?: AbortSignal | undefined
  /** What the process holds once libraries are loaded, in bytes. Default: a fitted number */
  readonly residentBytes?: (() => number) | undefined
}

/** @throws as {@link preflight}; SourceDataError naming features or targets of the sample that cannot be used */
export async function estimate(database: Database, config: Config, options: EstimateOptions = {}): Promise<Estimate> {
  return estimateProjection(database, config, await preflight(database, config), options)
}

/** As {@link estimate}, after a preflight. */
export async function estimateProjection(
  database: Database,
  config: Config,
  summary: ProjectionSummary,
  { signal, residentBytes }: EstimateOptions,
): Promise<Estimate> {
  const source: Source = { database, config, summary, signal }
  await loadBackend()
  const baseBytes = residentBytes?.()
  const model = (await currentModel(database, config))?.model ?? null
  const serverMillis = await medianServerMillis(database)
  const { pages, ...memberships } = await sampledPages(source)
  const trial = await trialRun(source, pages, model)
  if (trial.encoded.length === 0)
    throw new SourceDataError(
      `Cannot estimate: expected graphs that can be read, got ${trial.graphCount} that cannot; smg check says why`,
    )
  const learning =
    model === null
      ? await trainingTrial(config, trial.network, { graphs: trial.encoded, targets: targetsOf(pages.flat()), signal })
      : noTraining
  const counts = expectedCounts(
    {
      graphCount: summary.graphCount,
      membershipCount: memberships.membershipCount,
      typeCount: await typeCount(source),
    },
    { ...trial, membershipCount: memberships.sampledMembershipCount },
  )
  const { projection } = config
  const graphsLike = (count: number) => scaled(counts.graphCount, count, trial.graphCount)
  const nodesLike = (count: number) => scaled(counts.nodeCount, count, trial.nodeCount)
  const work: Work = {
    ...counts,
    scoredGraphs: graphsLike(trial.changed.graphs),
    scoredNodes: nodesLike(trial.changed.nodes),
    madeGraphNodes: makesGraphNodes(projection) ? graphsLike(trial.added.graphs) : 0,
    madeMemberships: makesMemberships(projection) ? nodesLike(trial.added.nodes) : 0,
    written: writtenCounts(config.model, config.writing, trial.network.classes.length),
    pageSize: config.writing.pageSize,
    training:
      model === null
        ? {
            labelledGraphs: trial.labelledShare * counts.graphCount,
            options: config.training,
            numbersPerNode: numbersPerNode(trial),
          }
        : null,
  }
  const times = expectedTimes(work, { ...trial, ...learning, serverMillis })
  const memory = expectedMemory(work, baseBytes)
  const store = expectedStoreBytes(work)
  return {
    ...counts,
    sampledGraphCount: trial.graphCount,
    model: model === null ? null : `${model.name}:${model.version}`,
    scored: work.scoredGraphs,
    nodePropertiesWritten: propertiesOf(work),
    requiredMemory: `[${mebibytes(memory.min)} ... ${mebibytes(memory.max)}]`,
    bytesMin: memory.min,
    bytesMax: memory.max,
    storeBytesMin: store.min,
    storeBytesMax: store.max,
    minMillis: times.totalMillis.min,
    maxMillis: times.totalMillis.max,
    readMillis: times.readMillis,
    trainMinMillis: times.trainMillis.min,
    trainMaxMillis: times.trainMillis.max,
    computeMillis: times.computeMillis,
    writeMillis: times.writeMillis,
    serverMillis: Math.round(serverMillis),
  }
}

const speedRows = 100_000n
const speedRounds = 5

/** Of a fixed calculation; the first rounds are slower. */
async function medianServerMillis(database: Database): Promise<number> {
  const millis: number[] = []
  for (let round = 0; round < speedRounds; round++) {
    const start = performance.now()
    await database.run(serverSpeed, {}, { rows: speedRows })
    millis.push(performance.now() - start)
  }
  return millis.sort((a, b) => a - b)[Math.floor(speedRounds / 2)] ?? 0
}

/** `null` where statements of the user's choose edges, and where graphs overlap: an edge may count in several. */
async function typeCount({ database, config: { projection } }: Source): Promise<number | null> {
  if (projection.kind === 'cypher' || projection.kind === 'neighbourhood') return null
  let sum = 0
  for (const relationshipType of projection.relationshipTypes)
    sum += (await database.run(relationshipCount, { relationshipType }, {}))[0]?.count ?? 0
  return sum
}

function targetsOf(heads: Iterable<{ readonly key: Key; readonly target: Parameters<typeof kindOf>[0] }>) {
  const targets = new Map<Key, number>()
  for (const { key, target } of heads) for (const number of numbersOf(kindOf(target)) ?? []) targets.set(key, number)
  return targets
}

/** Features, and two ends of each edge. */
function numbersPerNode({ encoded, network }: TrialRun): number {
  const nodes = encoded.reduce((sum, { nodeCount }) => sum + nodeCount, 0)
  const edges = encoded.reduce((sum, { source }) => sum + source.length, 0)
  return network.featureSchema.featureCount + (2 * edges) / Math.max(1, nodes)
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`
}
