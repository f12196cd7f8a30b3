/** The typed catalogue of models and projections, as nodes of the database. */
import { z } from 'zod'
import { type Nothing, nothing } from './catalogue.ts'
import { type CatalogProperties, tableRow } from './run-catalogue.ts'
import { statement } from './statement.ts'
import { countSchema } from './values.ts'

type OfVersion = { readonly name: string; readonly version: string }

const storedIn = z.enum(['database', 'folder']).nullable().catch(null)

export const createModelConstraint = statement<Nothing, Nothing, Nothing>('create-model-constraint', 'auto', nothing)
export const createModelPartConstraint = statement<Nothing, Nothing, Nothing>(
  'create-model-part-constraint',
  'auto',
  nothing,
)
export const saveModelNode = statement<
  Nothing,
  OfVersion & { readonly sha256: string; readonly properties: CatalogProperties; readonly trainedAt: string },
  { sha256: string; storedIn: StoredVersion['storedIn'] }
>('save-model', 'write', z.object({ sha256: z.string(), storedIn }))
export const forgetModelParts = statement<Nothing, { readonly model: string; readonly version: string }, Nothing>(
  'forget-model-parts',
  'write',
  nothing,
)

export const saveModelPart = statement<
  Nothing,
  {
    readonly model: string
    readonly version: string
    readonly file: string
    readonly index: bigint
    /** BYTES in the database. */
    readonly bytes: Int8Array
  },
  Nothing
>('save-model-part', 'write', nothing)
export const locateModel = statement<
  Nothing,
  OfVersion & {
    readonly storedIn: string
    readonly folder: string
    readonly byteCount: bigint
    readonly trainedBy: string | null
    readonly isCurrent: boolean
  },
  Nothing
>('locate-model', 'write', nothing)
export const promoteModel = statement<Nothing, OfVersion, { version: string }>(
  'promote-model',
  'write',
  z.object({ version: z.string() }),
)
export const modelVersions = statement<Nothing, { readonly name: string }, StoredVersion>(
  'model-versions',
  'read',
  z.object({
    version: z.string(),
    isCurrent: z.boolean(),
    storedIn,
    sha256: z.string().nullable(),
    trainedBy: z.string().nullable(),
  }),
)
export interface StoredVersion {
  readonly version: string
  /** Whether it is the one to score with. */
  readonly isCurrent: boolean
  /** Where its files are; `null` of one that is not whole yet, or that an earlier release recorded. */
  readonly storedIn: 'database' | 'folder' | null
  /** Of its manifest; `null` of one that an earlier release recorded. */
  readonly sha256: string | null
  /** Id of the run; `null` of one that was imported, or that an earlier release recorded. */
  readonly trainedBy: string | null
}
export const modelParts = statement<
  Nothing,
  { readonly model: string; readonly version: string },
  { file: string; bytes: Int8Array }
>('model-parts', 'read', z.object({ file: z.string(), bytes: z.instanceof(Int8Array) }))
const properties = z.record(z.string(), z.unknown())
export const showModel = statement<
  Nothing,
  { readonly name: string; readonly version: string | null },
  {
    readonly model: Record<string, unknown>
    readonly evaluations: readonly Record<string, unknown>[]
    readonly runCount: number
  }
>('show-model', 'read', z.object({ model: properties, evaluations: z.array(properties), runCount: countSchema }))
export const dropModel = statement<Nothing, OfVersion, { version: string; folder: string | null }>(
  'drop-model',
  'write',
  z.object({ version: z.string(), folder: z.string().nullable().catch(null) }),
)
export const listModels = statement<Nothing, Nothing, Record<string, unknown>>('list-models', 'read', tableRow)

export const createProjectionConstraint = statement<Nothing, Nothing, Nothing>(
  'create-projection-constraint',
  'auto',
  nothing,
)
export const saveProjection = statement<
  Nothing,
  { readonly name: string; readonly kind: string; readonly config: string; readonly savedAt: string },
  Nothing
>('save-projection', 'write', nothing)
