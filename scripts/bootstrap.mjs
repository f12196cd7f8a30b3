/** Everything that makes a fresh clone work. Uses nothing but Node, since node_modules may not exist yet. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findNeeds, missingNeeds } from './needs.mjs'
import { root, run, runNode } from './run.mjs'

const lockFile = join(root, 'package-lock.json')
const stampFile = join(root, 'node_modules', '.package-lock.sha256')

const exitNeeds = 2

/**
 * Checks what the machine has, then installs the dependencies from the lock file, the page of the viewer, the native backend and
 * (unless NEO4J_URI names a server) the local Neo4j, each only where it is not in place. Ends the process when one of them fails.
 *
 * @returns {Promise<void>}
 */
export async function bootstrap() {
  const localNeo4j = !process.env['NEO4J_URI']
  const missing = missingNeeds(findNeeds(process.env), { localNeo4j })
  if (missing.length > 0) {
    for (const sentence of missing) console.error(sentence)
    process.exit(exitNeeds)
  }
  await installDependencies()
  const page = await runNode(join('scripts', 'build-page.mjs'))
  if (page !== 0) process.exit(page)
  const code = await runNode(join('bin', 'smg.js'), 'setup', ...(localNeo4j ? ['--neo4j'] : []))
  if (code !== 0) process.exit(code)
}

/**
 * `npm ci`, unless the last one was of this very lock file. Install scripts of dependencies stay off: the only one needed,
 * of the native backend, is replaced by `smg setup`.
 */
async function installDependencies() {
  const stamp = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  console.log('Installing the dependencies (npm ci)')
  const code = await runNpm('ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error')
  if (code !== 0) {
    console.error('Cannot install the dependencies: "npm ci" failed; see its message above')
    process.exit(code)
  }
  writeFileSync(stampFile, stamp)
}

/**
 * Runs the npm that runs this script, else the one on the path.
 *
 * @param {readonly string[]} args
 */
function runNpm(...args) {
  const npm = process.env['npm_execpath']
  return npm?.endsWith('npm-cli.js') ? runNode(npm, ...args) : run('npm', args)
}
