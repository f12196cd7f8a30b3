/** What the processes that have parts to do and those that do them agree on: names in Redis, and times. */

/** Another one wherever a part of an older version could not be done by a newer one, or the other way round. */
const protocol = 1

/** Of all keys in Redis. */
export const keyPrefix = 'smg'

/** @param databaseId of the database, not of its address, which may be another one elsewhere */
export function partQueueName(databaseId: string): string {
  return `parts-${protocol}-${databaseId}`
}

/** Each run waits for its parts in a queue of its own. */
export function runQueueName(databaseId: string, runId: string): string {
  return `run-${protocol}-${databaseId}-${runId}`
}

export function partId(flowId: string, index: number): string {
  return `${flowId}-${index}`
}

/** Of what {@link partId} made. */
export function indexOfPart(id: string): number {
  return Number(id.slice(id.lastIndexOf('-') + 1))
}

export function flowOfPart(id: string): string {
  return id.slice(0, id.lastIndexOf('-'))
}

export interface PartTiming {
  /** Of silence, after which a part is given to another worker. */
  readonly stalledMillis: number
  /** Before the second attempt at a part; twice as long before each further one. */
  readonly backoffMillis: number
  /** Without any worker, after which people are told. */
  readonly noticeMillis: number
}

export const usualTiming: PartTiming = { stalledMillis: 15_000, backoffMillis: 1_000, noticeMillis: 5_000 }

/** Attempts at a part that fails, before its run fails. */
export const attempts = 6
/** A part whose workers die is none that fails, up to a limit: it may be what kills them. */
export const mostDeaths = 20
