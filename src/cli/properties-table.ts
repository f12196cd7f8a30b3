/** All properties of one node, for people a line each. */
import { toJsonValue } from '../neo4j/values.ts'
import type { Output } from './output.ts'

type Properties = Readonly<Record<string, unknown>>

/** Values as the driver gives them, in the form that JSON has. */
export function plainProperties(properties: Properties): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, toJsonValue(value)]))
}

/** `properties` are as the driver gives them. */
export function printProperties(output: Output, properties: Properties): void {
  printLines(output, properties)
  output.json(plainProperties(properties))
}

/** For people alone; by name, without those of `hidden` names. */
export function printLines(output: Output, properties: Properties, hidden?: RegExp): void {
  const entries = Object.entries(plainProperties(properties))
    .filter(([name]) => hidden?.test(name) !== true)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, value] of entries)
    output.line(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
}
