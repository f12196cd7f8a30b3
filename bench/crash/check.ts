/** Whether every graph holds one consistent result after a crash: the one from before, or the new one. */
import type { Database } from '../../src/neo4j/database.ts'
import { differencesOf } from './differences.ts'
import { expectedGraphs } from './expected.ts'
import { readWritten, type Written, type WrittenGraph } from './written.ts'

export interface CheckCounts {
  readonly graphs: number
  /** As before the crash. */
  readonly old: number
  /** With the result of the run that was killed. */
  readonly written: number
  /** Sentences about graphs that are neither. */
  readonly problems: readonly string[]
}

export interface CheckOptions {
  readonly before: Written
  /** Run that was killed, `null` where it had not begun. */
  readonly runId: string | null
  /** Of the model that it scored with. */
  readonly version: number
}

export async function checkGraphs(database: Database, options: CheckOptions): Promise<CheckCounts> {
  const { before, runId, version } = options
  const now = await readWritten(database)
  const changed = [...now.graphs].filter(([key, graph]) => !isSame(graph, before.graphs.get(key)))
  const expected = changed.length === 0 ? new Map() : await expectedGraphs(database, version)
  const problems = changed.flatMap(([key, { properties, members }]) => {
    const { smgRunId, smgScoredAt, ...rest } = properties
    const found = { properties: rest, members }
    return [
      ...(smgRunId === runId && typeof smgScoredAt === 'string' ? [] : [`${key}: of run ${String(smgRunId)}`]),
      ...differencesOf(found, expected.get(key), key),
    ]
  })
  for (const [key, masks] of now.former)
    if (!isSame(masks, before.former.get(key)) && Object.keys(masks).length > 0)
      problems.push(`${key}: former member with other masks than before`)
  return {
    graphs: now.graphs.size,
    old: now.graphs.size - changed.length,
    written: changed.length,
    problems: [...problems, ...(await mixedGraphs(database))],
  }
}

/**
 * Graphs that mix two runs, as Cypher alone can tell: each model has other layers than the one before, so that masks of two of
 * them differ in number. Left out are graphs that were edited since they were scored.
 */
export async function mixedGraphs(database: Database): Promise<string[]> {
  const { rows } = await database.query(
    `MATCH (g:Case)
     WHERE g.smgRunId IS NOT NULL AND coalesce(g.editedAfter, '') <> g.smgRunId
     OPTIONAL MATCH (:SmgRun {runId: g.smgRunId})-[:USED_MODEL]->(model:SmgModel)
     MATCH (n:Account)-[:MEMBER_OF]->(g)
     WITH g, model, n, [name IN keys(n) WHERE name STARTS WITH 'smg' | name] AS masks
     WHERE model IS NULL
       OR g.smgModel <> model.name + ':' + model.version
       OR size(g.smgEmbedding) <> model.embeddingDimensions
       OR any(name IN ['smgPrediction', 'smgProbability', 'smgProbabilities', 'smgScoredAt', 'smgFingerprint']
              WHERE g[name] IS NULL)
       OR size(masks) <> model.layers
       OR any(layer IN range(1, model.layers) WHERE NOT 'smgMaskLayer' + toString(layer) IN masks)
     RETURN g.caseId, g.smgModel, n.accountId, masks
     UNION
     MATCH (g:Case)
     WHERE g.smgRunId IS NULL AND any(name IN keys(g) WHERE name STARTS WITH 'smg')
     RETURN g.caseId, g.smgModel, null AS \`n.accountId\`, keys(g) AS masks`,
    {},
  )
  return rows.map(([key, model, member, names]) => `${key}: of ${model}, yet ${member ?? 'itself'} has ${names}`)
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Whether every graph has the result of `version`; else sentences. */
export async function unfinishedGraphs(database: Database, version: number): Promise<string[]> {
  const [now, expected] = [await readWritten(database), await expectedGraphs(database, version)]
  const withoutRun = ({ properties, members }: WrittenGraph) => {
    const { smgRunId: _run, smgScoredAt: _time, ...rest } = properties
    return { properties: rest, members }
  }
  const former = [...now.former].filter(([, masks]) => Object.keys(masks).length > 0)
  return [
    ...[...now.graphs].flatMap(([key, graph]) => differencesOf(withoutRun(graph), expected.get(key), key)),
    ...former.map(([key]) => `${key}: former member that still has masks`),
    ...(await mixedGraphs(database)),
  ]
}
