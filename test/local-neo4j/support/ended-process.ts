import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { findProcess, type ProcessRecord } from '../../../src/local-neo4j/processes.ts'

/** The record of a process that ran and has ended. */
export async function endedProcess(): Promise<ProcessRecord> {
  const child = spawn(process.execPath, ['--eval', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
  const found = child.pid === undefined ? undefined : await findProcess(child.pid)
  child.stdin.end()
  await once(child, 'close')
  if (found === undefined) throw new Error('the child was not found while it ran')
  return found
}

/** This process, as it would be recorded. */
export async function thisProcess(): Promise<ProcessRecord> {
  const found = await findProcess(process.pid)
  if (found === undefined) throw new Error('this process was not found')
  return found
}
