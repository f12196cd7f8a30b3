/**
 * Door between driver values and ours. The driver is opened with `useBigInt`, so integers arrive as `bigint` and are
 * sent as `bigint`; every JavaScript `number` is a FLOAT on the wire (NEO4J.md, driver practice 10).
 */
import neo4j from 'neo4j-driver'
import { z } from 'zod'
import type { Key, PropertyValue } from '../config/property-value.ts'

const temporal: readonly (readonly [(value: object) => boolean, string])[] = [
  [neo4j.isDate, 'DATE'],
  [neo4j.isDateTime, 'ZONED DATETIME'],
  [neo4j.isLocalDateTime, 'LOCAL DATETIME'],
  [neo4j.isLocalTime, 'LOCAL TIME'],
  [neo4j.isTime, 'ZONED TIME'],
  [neo4j.isDuration, 'DURATION'],
  [neo4j.isPoint, 'POINT'],
]

/** A property value as plain data; types that cannot be a feature become `{ type }`. */
export function toPropertyValue(value: unknown): PropertyValue {
  switch (typeof value) {
    case 'string':
    case 'bigint':
    case 'number':
    case 'boolean':
      return value
    case 'object': {
      if (value === null) return null
      if (Array.isArray(value)) return value.map(toPropertyValue)
      return { type: temporal.find(([is]) => is(value))?.[1] ?? 'BYTES' }
    }
    default:
      return null
  }
}

function isPlain(value: unknown): value is PropertyValue {
  return value === null || (typeof value !== 'object' && typeof value !== 'undefined')
}

export const keySchema = z.union([z.string(), z.bigint()]) satisfies z.ZodType<Key>
export const propertyValueSchema: z.ZodType<PropertyValue> = z.unknown().transform(toPropertyValue)
/** Many values in one list; those that are plain already are not copied, as columns are most of what is read. */
export const propertyColumnSchema: z.ZodType<readonly PropertyValue[]> = z
  .custom<readonly unknown[]>(Array.isArray, 'expected a LIST')
  .transform((column) => (column.every(isPlain) ? column : column.map(toPropertyValue)))
/** An INTEGER that fits a JavaScript number exactly, such as a count. */
export const countSchema = z.bigint().transform((value, context) => {
  const count = Number(value)
  if (!Number.isSafeInteger(count)) context.addIssue(`expected an integer below 2^53, got ${value}`)
  return count
})

/** Any driver value as something JSON can hold: nodes and relationships become their properties, integers numbers where exact. */
export function toJsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const asNumber = Number(value)
    return Number.isSafeInteger(asNumber) ? asNumber : value.toString()
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toJsonValue)
  if (neo4j.isNode(value) || neo4j.isRelationship(value)) return toJsonValue(value.properties)
  if (neo4j.isPath(value))
    return [value.start, ...value.segments.flatMap((segment) => [segment.relationship, segment.end])].map(toJsonValue)
  if (temporal.some(([is]) => is(value))) return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, toJsonValue(entry)]))
}
