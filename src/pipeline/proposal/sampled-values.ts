/** What a sample of nodes or relationships has in a property. */
import { kindOf } from '../../graph/feature-values.ts'
import type { PropertyValue } from '../../graph/subgraph.ts'
import type { SampledProperty } from '../../neo4j/survey-catalogue.ts'

/** Texts of more characters are cut to so many; they are no categories. */
export const textLimit = 200
/** Values of a list that a sample takes. */
export const listLimit = 4

/** `list`: numbers, equally many each; `text`: longer than a category; `other`: types that cannot be encoded, or several. */
export type SampledType = 'STRING' | 'INTEGER' | 'BOOLEAN' | 'FLOAT' | 'list' | 'text' | 'other'

/** One property over all holders (nodes or relationships) of a sample. */
export interface PropertySample {
  readonly name: string
  readonly type: SampledType
  /** In the order of the holders; `null` where one lacks it. */
  readonly values: readonly PropertyValue[]
  /** Holders that have it. */
  readonly count: number
  /** Number of different values. */
  readonly distinct: number
}

/** The properties of all holders, by name: the order in which a database tells them depends on all that was ever in it. */
export function propertySamples(
  holders: readonly { readonly properties: readonly SampledProperty[] }[],
): readonly PropertySample[] {
  const columns = new Map<string, { values: PropertyValue[]; types: Set<SampledType>; sizes: Set<number | null> }>()
  holders.forEach(({ properties }, i) => {
    for (const { name, value, size } of properties) {
      const column = columns.get(name) ?? { values: holders.map(() => null), types: new Set(), sizes: new Set() }
      columns.set(name, column)
      column.values[i] = value
      column.types.add(typeOf(value))
      column.sizes.add(size)
    }
  })
  const byName = [...columns].sort(([a], [b]) => (a < b ? -1 : 1))
  return byName.map(([name, { values, types, sizes }]) => {
    const present = values.filter((value) => value !== null)
    return {
      name,
      type: commonType(types, sizes),
      values,
      count: present.length,
      distinct: new Set(present.map((value) => (typeof value === 'object' ? JSON.stringify(value, numbers) : value)))
        .size,
    }
  })
}

function numbers(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}

function typeOf(value: PropertyValue): SampledType {
  if (typeof value === 'string' && value.length >= textLimit) return 'text'
  const kind = kindOf(value)
  if (kind.kind === 'number') return 'FLOAT'
  if (kind.kind === 'list') return 'list'
  if (kind.kind === 'bad') return 'other'
  return typeof kind.category === 'bigint' ? 'INTEGER' : typeof kind.category === 'boolean' ? 'BOOLEAN' : 'STRING'
}

function commonType(types: ReadonlySet<SampledType>, sizes: ReadonlySet<number | null>): SampledType {
  const [first = 'other', ...others] = types
  if (others.length === 0) return first === 'list' && sizes.size > 1 ? 'other' : first
  if ([...types].every((type) => type === 'INTEGER' || type === 'FLOAT')) return 'FLOAT'
  return [...types].every((type) => type === 'STRING' || type === 'text') ? 'text' : 'other'
}
