/** Reads single graphs by their keys, as people type them. */
import { graphsOfKeysInWords } from '../config/graph-nodes.ts'
import type { Config } from '../config/schema.ts'
import { SourceDataError } from '../errors.ts'
import type { GraphProblem } from '../graph/graph-problem.ts'
import { subgraphFromTable } from '../graph/rows.ts'
import { type Key, keyText, type Subgraph } from '../graph/subgraph.ts'
import { readerOf, type Source, sourcePagesOf, throwProblems } from './source.ts'

/**
 * The graphs with these keys, in their order; INTEGER keys are given as decimal text.
 *
 * @throws SourceDataError naming the graphs that there are not, and why others cannot be used
 */
export async function graphsByKey(source: Source, keys: readonly string[]): Promise<readonly Subgraph[]> {
  const asked = keys.flatMap((text) => asKey(text, source.summary.firstKey) ?? [])
  const existing = new Set(await readerOf(source).existingKeys(asked))
  const heads = asked.filter((key) => existing.has(key)).map((key) => ({ key, target: null, fingerprint: null }))
  const found = new Map<string, Subgraph>()
  const problems: GraphProblem[] = []
  for await (const page of sourcePagesOf(source, heads)) {
    problems.push(...page.problems)
    for (const { table } of page.graphs) found.set(keyText(table.key), subgraphFromTable(table))
  }
  const unusable = new Set(problems.map(({ key }) => keyText(key)))
  const unknown = keys.filter((text) => !found.has(text) && !unusable.has(text))
  if (unknown.length > 0) throw unknownGraphs(unknown, source.config)
  throwProblems(problems)
  return keys.flatMap((text) => found.get(text) ?? [])
}

/** `text` as a key of the type that all graph keys have; `null` where no such key reads so. */
function asKey(text: string, example: Key): Key | null {
  if (typeof example === 'string') return text
  if (!/^-?\d+$/.test(text)) return null
  const key = BigInt(text)
  return keyText(key) === text && BigInt.asIntN(64, key) === key ? key : null
}

function unknownGraphs(keys: readonly string[], { projection }: Config): SourceDataError {
  const names = keys.map((key) => `'${key}'`).join(', ')
  return new SourceDataError(`Cannot score: expected ${graphsOfKeysInWords(projection)} ${names}, found none`)
}
