/** All properties of one node, for people a line each. */
import { toJsonValue } from '../neo4j/values.ts'
import type { Output } from './output.ts'

/** `properties` are as the driver gives them. */
export function printProperties(output: Output, properties: Readonly<Record<string, unknown>>): void {
  const entries = Object.entries(properties)
    .map(([name, value]) => [name, toJsonValue(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, value] of entries)
    output.line(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  output.json(Object.fromEntries(entries))
}
