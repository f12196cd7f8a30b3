/** How predictions and masks of a run are distributed, counted in the database. */
import { graphNodesOf, makesMemberships, masksOnMemberships } from '../../config/graph-nodes.ts'
import type { Config } from '../../config/schema.ts'
import type { Database } from '../../neo4j/database.ts'
import { type MaskCount, madeRunMasks, runMasks, runOutcomes, runValues } from '../../neo4j/report-catalogue.ts'
import type { ClassCounts } from '../../viewer/class-balance.ts'
import type { BinnedValues, LayerMasks } from '../../viewer/run-report.ts'
import { writtenProperties } from '../../write-back/properties.ts'

const intervals = 20

export interface RunOutcomes {
  readonly classes: readonly ClassCounts[]
  readonly agreement: { readonly right: number; readonly known: number }
  readonly graphCount: number
}

/** @param names classes that there are, in the model's order; what else turns up comes after them */
export async function outcomesOfRun(
  database: Database,
  config: Config,
  { runId, names }: { readonly runId: string; readonly names: readonly string[] },
): Promise<RunOutcomes> {
  const { prediction, runId: runIdProperty } = writtenProperties(config.writing.prefix)
  const { graphLabel } = graphNodesOf(config.projection)
  const rows = await database.run(
    runOutcomes,
    { graphLabel, runIdProperty, predictionProperty: prediction, targetProperty: config.targetProperty },
    { runId },
  )
  const countOf = (wanted: (row: (typeof rows)[number]) => boolean) =>
    rows.reduce((sum, row) => (wanted(row) ? sum + row.graphCount : sum), 0)
  const seen = rows.flatMap((row) => [row.prediction ?? [], row.target ?? []].flat())
  return {
    graphCount: countOf(() => true),
    classes: [...new Set([...names, ...seen])].map((name) => ({
      name,
      known: countOf(({ target }) => target === name),
      predicted: countOf((row) => row.prediction === name),
    })),
    agreement: {
      known: countOf(({ target }) => target !== null),
      right: countOf((row) => row.target !== null && row.target === row.prediction),
    },
  }
}

/** `null` where there is none. @param range ends of the intervals; `null`: the lowest and the highest value */
export async function valuesOfRun(
  database: Database,
  config: Config,
  {
    runId,
    of,
    range,
  }: {
    readonly runId: string
    readonly of: 'probability' | 'prediction'
    readonly range: readonly [low: number, high: number] | null
  },
): Promise<BinnedValues | null> {
  const written = writtenProperties(config.writing.prefix)
  const { graphLabel } = graphNodesOf(config.projection)
  const [low, high] = range ?? [null, null]
  const rows = await database.run(
    runValues,
    { graphLabel, runIdProperty: written.runId, valueProperty: written[of] },
    { runId, low, high, intervals: BigInt(intervals) },
  )
  const [first] = rows
  if (first === undefined) return null
  const counts = new Array<number>(intervals).fill(0)
  for (const { interval, graphCount } of rows) counts[interval] = graphCount
  return { low: first.low, high: first.high, counts }
}

/** @param layers of the model, K */
export async function masksOfRun(
  database: Database,
  { projection, writing }: Config,
  { runId, layers }: { readonly runId: string; readonly layers: number },
): Promise<readonly LayerMasks[]> {
  const { runId: runIdProperty, maskLayer } = writtenProperties(writing.prefix)
  const names = { graphLabel: graphNodesOf(projection).graphLabel, runIdProperty }
  const params = {
    runId,
    maskProperties: Array.from({ length: layers }, (_, k) => maskLayer(k + 1)),
    onMemberships: masksOnMemberships(projection),
    intervals: BigInt(intervals),
  }
  if (makesMemberships(projection))
    return byLayer(await database.run(madeRunMasks, names, { ...params, projection: projection.name }))
  const { membershipType, nodeLabels } = projection
  return byLayer(await database.run(runMasks, { ...names, membershipType, nodeLabels }, params))
}

function byLayer(rows: readonly MaskCount[]): readonly LayerMasks[] {
  const layers = [...new Set(rows.map(({ layer }) => layer))]
  return layers.map((layer) => {
    const own = rows.filter((row) => row.layer === layer)
    const counts = new Array<number>(intervals).fill(0)
    for (const { interval, nodeCount } of own) counts[interval] = nodeCount
    const total = own.reduce((sum, { nodeCount }) => sum + nodeCount, 0)
    return { layer, counts, mean: own.reduce((sum, { maskSum }) => sum + maskSum, 0) / total }
  })
}
