/** Which process a process id stands for now. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { hasCode } from './files.ts'

const pollMillis = 50
/** Place of the start time among the fields of /proc/PID/stat that follow the command (proc(5), field 22). */
const startTimeField = 19

/** A process that another process with the same id is not mistaken for. */
export interface ProcessRecord {
  readonly pid: number
  /** Boot and start time of the process, as text to compare. */
  readonly identity: string
}

/** The live process with this id; `undefined` when there is none or it has ended and only waits to be collected. */
export async function findProcess(pid: number): Promise<ProcessRecord | undefined> {
  const identity = process.platform === 'linux' ? await identityFromProc(pid) : await identityFromPs(pid)
  return identity === undefined ? undefined : { pid, identity }
}

export async function thisProcess(): Promise<ProcessRecord> {
  return (await findProcess(process.pid)) ?? { pid: process.pid, identity: '' }
}

/** Whether the very process that was recorded is still running. */
export async function isRunning({ pid, identity }: ProcessRecord): Promise<boolean> {
  return (await findProcess(pid))?.identity === identity
}

/** Waits until the process has ended; false when it has not after `timeoutMillis`. */
export async function waitForExit(recorded: ProcessRecord, timeoutMillis: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMillis
  while (await isRunning(recorded)) {
    if (performance.now() > deadline) return false
    await delay(pollMillis)
  }
  return true
}

/** Sends a signal; a process that has just ended is no error. */
export function sendSignal({ pid }: ProcessRecord, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal)
  } catch (thrown) {
    if (!hasCode(thrown, 'ESRCH')) throw thrown
  }
}

async function identityFromProc(pid: number): Promise<string | undefined> {
  let stat: string
  try {
    stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT') || hasCode(thrown, 'ESRCH')) return undefined
    throw thrown
  }
  // The command stands in parentheses and may itself hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (isEnded(fields[0])) return undefined
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
  return `${boot.trim()} ${fields[startTimeField]}`
}

async function identityFromPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      env: { ...process.env, LC_ALL: 'C' },
    })
    const [state, ...start] = stdout.trim().split(/\s+/)
    return isEnded(state) ? undefined : start.join(' ')
  } catch (thrown) {
    // ps answers 1 for a process that is not there.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 1) return undefined
    throw thrown
  }
}

function isEnded(state: string | undefined): boolean {
  return state === undefined || state === '' || /^[ZXx]/.test(state)
}
