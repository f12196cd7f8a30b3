/** The log of the daemon, on stderr: readable lines on a terminal, one JSON object a line elsewhere. */
import { type Logger, pino } from 'pino'
import pretty from 'pino-pretty'
import { ConfigError } from '../errors.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']
const stderr = 2

/** @throws ConfigError for a level that there is not. */
export function createDaemonLogger(level: string, isTerminal: boolean): Logger {
  if (!levels.includes(level))
    throw new ConfigError(`Cannot use the log level '${level}': expected ${levels.join(', ')}`)
  return pino(
    { name: 'smg', level, timestamp: pino.stdTimeFunctions.isoTime },
    isTerminal
      ? pretty({ destination: stderr, sync: true, ignore: 'pid,hostname,name', translateTime: 'SYS:HH:MM:ss' })
      : pino.destination({ fd: stderr, sync: true }),
  )
}
