/** Where the daemon says what it does; pino's own signatures, so that a pino logger is one. */
type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void

export interface DaemonLog {
  readonly info: Write
  readonly warn: Write
  readonly error: Write
}
