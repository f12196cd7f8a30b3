/** Values that travel between the database, graphs and models: keys and raw property values, as plain data. */

/** The unique key of a graph or member: the database's STRING or INTEGER. */
export type Key = string | bigint

/** Raw value of a feature or target property; `null` where the property is missing. Integers are `bigint`. */
export type PropertyValue = null | string | bigint | number | boolean | readonly PropertyValue[] | UnsupportedValue

/** A value of a type that cannot be a feature, such as a point or a date; `type` is its Neo4j type name. */
export interface UnsupportedValue {
  readonly type: string
}

/** Text form of a key, for messages and maps. */
export function keyText(key: Key): string {
  return typeof key === 'bigint' ? key.toString() : key
}
