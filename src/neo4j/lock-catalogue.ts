/** The typed catalogue of locks: one for each projection that is being worked on. */
import { z } from 'zod'
import { type Nothing, nothing } from './catalogue.ts'
import { statement } from './statement.ts'
import { countSchema } from './values.ts'

export const createLockConstraint = statement<Nothing, Nothing, Nothing>('create-lock-constraint', 'auto', nothing)
export const acquireLock = statement<
  Nothing,
  {
    readonly projection: string
    readonly owner: string
    readonly run: string
    readonly holder: { readonly host: string; readonly pid: bigint; readonly identity: string }
    readonly seconds: number
    readonly deadOwner: string | null
  },
  LockRow
>(
  'acquire-lock',
  'write',
  z.object({
    acquired: z.boolean(),
    owner: z.string(),
    host: z.string(),
    pid: countSchema,
    identity: z.string(),
    since: z.string(),
  }),
)
/** Who holds a lock. */
export interface LockRow {
  readonly acquired: boolean
  readonly owner: string
  readonly host: string
  readonly pid: number
  /** Tells the process from a later one with the same pid. */
  readonly identity: string
  readonly since: string
}
export const renewLock = statement<
  Nothing,
  { readonly projection: string; readonly owner: string; readonly seconds: number },
  { owner: string }
>('renew-lock', 'write', z.object({ owner: z.string() }))
export const bindLock = statement<
  Nothing,
  { readonly projection: string; readonly owner: string; readonly flow: string },
  { owner: string }
>('bind-lock', 'write', z.object({ owner: z.string() }))
export const lockOfFlow = statement<Nothing, { readonly projection: string; readonly flow: string }, { owner: string }>(
  'lock-of-flow',
  'read',
  z.object({ owner: z.string() }),
)
export const releaseLock = statement<Nothing, { readonly projection: string; readonly owner: string }, Nothing>(
  'release-lock',
  'write',
  nothing,
)
export const failAbandonedRuns = statement<
  Nothing,
  { readonly projection: string; readonly runId: string; readonly finishedAt: string; readonly error: string },
  { runId: string }
>('fail-abandoned-runs', 'write', z.object({ runId: z.string() }))
