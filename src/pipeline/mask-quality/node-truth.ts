/** Whether a node is part of the cause, by the value that says so. */
import { SourceDataError } from '../../errors.ts'
import { type Key, keyText, type PropertyValue } from '../../graph/subgraph.ts'

export interface TruthSource {
  /** Of the property or attribute. */
  readonly property: string
  /** What has it: member or node. */
  readonly holder: string
  readonly node: Key
  readonly graph: Key
  /** The setting that names the property. */
  readonly setting: string
}

/**
 * A node without a value is no part of the cause.
 *
 * @throws SourceDataError naming node and graph where the value says neither yes nor no
 */
export function nodeTruth(value: PropertyValue, { property, holder, node, graph, setting }: TruthSource): boolean {
  if (value === null || value === false || value === 0n) return false
  if (value === true || value === 1n) return true
  const got = typeof value === 'bigint' ? value.toString() : JSON.stringify(value)
  throw new SourceDataError(
    `Cannot compare masks with '${property}': expected BOOLEAN, or INTEGER 0 or 1, of ${holder} ${keyText(node)} of graph ${keyText(graph)}, got ${got}; mend it, or name another ${setting}`,
  )
}
