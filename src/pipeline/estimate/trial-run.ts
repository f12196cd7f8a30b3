/** Reads, encodes and scores a few pages with the code that a sync runs, and takes the time. */
import { throwIfInterrupted } from '../../errors.ts'
import { encodeGraph } from '../../graph/encode.ts'
import type { EncodedGraph } from '../../graph/encoded-graph.ts'
import { subgraphFromTable } from '../../graph/rows.ts'
import type { TrainedModel } from '../../model/model.ts'
import { createPredictor } from '../../model/predict.ts'
import type { GraphHead } from '../../neo4j/catalogue.ts'
import { collectProblem, type Source, type SourceGraph, sourcePagesOf } from '../source.ts'
import { fingerprintsWith, type StoredFingerprints } from '../stored-fingerprints.ts'
import { networkOfModel, type TrialNetwork, untrainedNetwork } from './trial-network.ts'

export interface TrialRun {
  readonly network: TrialNetwork
  /** Of the sample, without graphs that cannot be used. */
  readonly encoded: readonly EncodedGraph[]
  readonly graphCount: number
  readonly nodeCount: number
  readonly relationshipCount: number
  /** Those that a sync would score anew, and among them those that had no score before. */
  readonly changed: GraphsAndNodes
  readonly added: GraphsAndNodes
  /** Share of the graphs that have a target. */
  readonly labelledShare: number
  /** What the first page took more than others. */
  readonly firstReadMillis: number
  readonly firstComputeMillis: number
  readonly readMillisPerNode: number
  readonly computeMillisPerNode: number
}

export interface GraphsAndNodes {
  readonly graphs: number
  readonly nodes: number
}

/** Errors as {@link untrainedNetwork}. */
export async function trialRun(
  source: Source,
  pages: readonly (readonly GraphHead[])[],
  model: TrainedModel | null,
): Promise<TrialRun> {
  const read = async (heads: readonly GraphHead[]) => {
    const graphs: SourceGraph[] = []
    for await (const page of sourcePagesOf(source, heads)) graphs.push(...page.graphs)
    return graphs
  }
  const [first = []] = pages
  const graphs: SourceGraph[] = []
  const reading = createRate()
  await reading.first(() => read(first), nodesIn)
  for (const heads of pages) {
    throwIfInterrupted(source.signal, 'sampling')
    graphs.push(...(await reading.measure(() => read(heads), nodesIn)))
  }
  const network = model === null ? untrainedNetwork(source.config, graphs) : networkOfModel(model)
  const fingerprints = fingerprintsWith(model, source.config)
  const { encoded, computing } = await score(source, { graphs, network, fingerprints, pageCount: pages.length })
  const changed = graphs.filter(({ head, table }) => model === null || head.fingerprint !== fingerprints.of(table))
  const heads = pages.flat()
  return {
    network,
    encoded,
    graphCount: graphs.length,
    nodeCount: nodesIn(graphs),
    relationshipCount: graphs.reduce((sum, { table }) => sum + table.sources.length, 0),
    changed: countsOf(changed),
    added: countsOf(changed.filter(({ head }) => head.fingerprint === null)),
    labelledShare: heads.filter(({ target }) => target !== null).length / Math.max(1, heads.length),
    firstReadMillis: reading.firstMillis(),
    firstComputeMillis: computing.firstMillis(),
    readMillisPerNode: reading.millisPerUnit(),
    computeMillisPerNode: computing.millisPerUnit(),
  }
}

interface Scoring {
  readonly graphs: readonly SourceGraph[]
  readonly network: TrialNetwork
  readonly fingerprints: StoredFingerprints
  readonly pageCount: number
}

async function score(source: Source, { graphs, network, fingerprints, pageCount }: Scoring) {
  const encoded: EncodedGraph[] = []
  const predictor = createPredictor(network.network)
  const computing = createRate()
  const size = Math.max(1, Math.ceil(graphs.length / pageCount))
  const one = async (some: readonly SourceGraph[]) => {
    const page: EncodedGraph[] = []
    for (const { head, table } of some) {
      fingerprints.of(table)
      // A sync lists such graphs and scores the others.
      collectProblem([], head.key, () => {
        page.push(encodeGraph(subgraphFromTable(table), network.featureSchema, network.encoding).encoded)
      })
    }
    await predictor.predict(page, { signal: source.signal, phase: 'sampling' })
    return page
  }
  try {
    await computing.first(() => one(graphs.slice(0, size)), encodedNodes)
    for (let first = 0; first < graphs.length; first += size)
      encoded.push(...(await computing.measure(() => one(graphs.slice(first, first + size)), encodedNodes)))
  } finally {
    predictor.dispose()
  }
  return { encoded, computing }
}

/** Milliseconds per unit of work, of the median piece; the first is slower, as the server plans and both sides compile. */
function createRate() {
  const rates: number[] = []
  const beginning = { millis: 0, units: 0 }
  const timed = async <T>(work: () => Promise<T>) => {
    const start = performance.now()
    const result = await work()
    return { result, millis: performance.now() - start }
  }
  const millisPerUnit = () => rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0
  return {
    async first<T>(work: () => Promise<T>, units: (result: T) => number): Promise<void> {
      const { result, millis } = await timed(work)
      beginning.millis = millis
      beginning.units = units(result)
    },
    async measure<T>(work: () => Promise<T>, units: (result: T) => number): Promise<T> {
      const { result, millis } = await timed(work)
      rates.push(millis / Math.max(1, units(result)))
      return result
    },
    millisPerUnit,
    /** What the first piece took more than others of its size. */
    firstMillis: () => Math.max(0, beginning.millis - beginning.units * millisPerUnit()),
  }
}

function nodesIn(graphs: readonly SourceGraph[]): number {
  return graphs.reduce((sum, { table }) => sum + table.members.length, 0)
}

function encodedNodes(graphs: readonly EncodedGraph[]): number {
  return graphs.reduce((sum, { nodeCount }) => sum + nodeCount, 0)
}

function countsOf(graphs: readonly SourceGraph[]): GraphsAndNodes {
  return { graphs: graphs.length, nodes: nodesIn(graphs) }
}
