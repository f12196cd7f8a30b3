/** What the pages need of a JSON schema, as zod makes it of ours. */
import { z } from 'zod'

const schemaPart = z.object({
  description: z.string().optional(),
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  required: z.array(z.string()).default([]),
  get items() {
    return schemaPart.optional()
  },
  get properties() {
    return z.record(z.string(), schemaPart).default({})
  },
  get oneOf() {
    return z.array(schemaPart).default([])
  },
  get anyOf() {
    return z.array(schemaPart).default([])
  },
})

export type SchemaPart = z.output<typeof schemaPart>

/** What may be written where `schema` is asked for. */
export function jsonSchemaOf(schema: z.ZodType): SchemaPart {
  return schemaPart.parse(
    z.toJSONSchema(schema, {
      io: 'input',
      unrepresentable: 'any',
      // A pair has no further items; that says nothing to a reader.
      override: ({ jsonSchema }) => {
        if (jsonSchema.items === false) delete jsonSchema.items
      },
    }),
  )
}

export interface Key {
  /** Below the part that was asked for, such as `learningRateDecay.every`. */
  readonly path: string
  readonly part: SchemaPart
  readonly isNeeded: boolean
}

/** All keys of a part, those of maps in it after the map. */
export function keysOf({ properties, required }: SchemaPart): Key[] {
  return Object.entries(properties).flatMap(([name, part]) => [
    { path: name, part, isNeeded: required.includes(name) },
    ...keysOf(part).map((key) => ({ ...key, path: `${name}.${key.path}` })),
  ])
}

/** The type and range of a value in words, such as "integer, 1 to 64". */
export function typeOf(part: SchemaPart): string {
  const { type, items, anyOf, properties } = part
  if (part.const !== undefined) return `\`${part.const}\``
  if (part.enum !== undefined) return part.enum.map((value) => `\`${value}\``).join(', ')
  if (anyOf.length > 0) return anyOf.map(typeOf).join(', or ')
  if (items !== undefined) return `list of ${typeOf(items)}`
  if (type === 'array') return '[lowest, highest]'
  if (type === 'object') return Object.keys(properties).length === 0 ? 'map' : `{${Object.keys(properties).join(', ')}}`
  if (type === 'string') return 'text'
  if (type === 'boolean') return '`true`, `false`'
  return [type, rangeOf(part)].filter((words) => words !== '').join(', ')
}

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SchemaPart): string {
  const [low, high] = [minimum, maximum].map((bound) =>
    Number.isSafeInteger(bound) && bound !== Number.MAX_SAFE_INTEGER ? bound : undefined,
  )
  if (low !== undefined && high !== undefined) return `${low} to ${high}`
  const lowest = exclusiveMinimum === undefined ? (low === undefined ? '' : `from ${low}`) : `above ${exclusiveMinimum}`
  const highest =
    exclusiveMaximum === undefined ? (high === undefined ? '' : `to ${high}`) : `below ${exclusiveMaximum}`
  return [lowest, highest].filter((words) => words !== '').join(', ')
}
