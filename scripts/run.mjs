import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Runs a command in the root of the repository on this terminal and gives its exit code (130 when it was interrupted).
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
    // On a terminal Ctrl-C reaches the child by itself; this process waits for it to end cleanly.
    const interrupt = () => process.stdin.isTTY || child.kill('SIGINT')
    const terminate = () => child.kill('SIGTERM')
    process.on('SIGINT', interrupt)
    process.on('SIGTERM', terminate)
    const finish = (/** @type {number} */ code) => {
      process.off('SIGINT', interrupt)
      process.off('SIGTERM', terminate)
      resolve(code)
    }
    child.once('error', (error) => {
      console.error(`Cannot run ${command}: ${error.message}`)
      finish(1)
    })
    child.once('close', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/**
 * Runs a Node script in the root of the repository.
 *
 * @param {readonly string[]} args
 */
export function runNode(...args) {
  return run(process.execPath, args)
}
