/**
 * The one family of errors that callers are expected to catch. Each class stands for one exit code of the `smg` command
 * (DESIGN: 0 done, 1 failed, 2 usage or config, 3 bad source data, 4 database unreachable or refused, 130 interrupted).
 *
 * Messages read "Cannot X: expected A, got B", name the graph, property or file, and say what to do.
 */
export class SmgError extends Error {
  readonly exitCode: number = 1
  override readonly name: string = 'SmgError'
}

/** A flag, argument or configuration key is wrong, or names something the database does not have. */
export class ConfigError extends SmgError {
  override readonly exitCode = 2
  override readonly name = 'ConfigError'
}

/** The source data (a graph, a property, a dataset file) cannot be used as it is. */
export class SourceDataError extends SmgError {
  override readonly exitCode = 3
  override readonly name = 'SourceDataError'
}

/** The database cannot be reached, refuses the credentials, or is too old. */
export class DatabaseError extends SmgError {
  override readonly exitCode = 4
  override readonly name: string = 'DatabaseError'
}

/** The user lacks a privilege, or the database takes no writes. */
export class RefusedError extends DatabaseError {
  override readonly name = 'RefusedError'
}

/** The server has not the memory for a transaction as large as this one; a smaller one may do. */
export class ServerMemoryError extends SmgError {
  override readonly exitCode = 4
  override readonly name = 'ServerMemoryError'
}

/** A model file is missing, unreadable, truncated or changed. */
export class ModelFileError extends SmgError {
  override readonly name = 'ModelFileError'
}

/** A prediction came out with NaN or an infinity in it: it says nothing, and is written nowhere. */
export class NotFiniteError extends SmgError {
  override readonly name = 'NotFiniteError'
}

/** The user or the system asked for a stop (Ctrl-C, SIGTERM). */
export class InterruptedError extends SmgError {
  override readonly exitCode = 130
  override readonly name = 'InterruptedError'
}

/** Throws {@link InterruptedError} once `signal` is aborted; `phase` reads like "training" or "writing". */
export function throwIfInterrupted(signal: AbortSignal | undefined, phase: string): void {
  if (signal?.aborted) throw new InterruptedError(`Interrupted while ${phase}; what was written so far is complete`)
}

/** Whether Node's file system or network threw it, with one of these codes, such as ENOENT. */
export function isErrorWithCode(thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof Error && 'code' in thrown && codes.some((code) => code === thrown.code)
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
