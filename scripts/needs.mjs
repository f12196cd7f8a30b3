/** What the project needs from the machine before it can install anything. Runs before node_modules exists. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const oldestNode = 20
const oldestJava = 17

/**
 * What was found; `undefined` where there is none.
 *
 * @typedef {object} Found
 * @property {string} node version of the running Node, such as "20.19.0"
 * @property {number | undefined} javaMajor
 * @property {boolean} javaCompiler
 * @property {boolean} maven
 */

/**
 * One sentence per missing thing, saying how to get it.
 *
 * @param {Found} found
 * @param {{ readonly localNeo4j: boolean }} wanted `localNeo4j`: the local Neo4j will run, which takes Java and Maven
 * @returns {string[]}
 */
export function missingNeeds(found, wanted) {
  const missing = []
  if (Number.parseInt(found.node, 10) < oldestNode) {
    missing.push(`Node ${oldestNode} or later is needed, this is Node ${found.node}: get one from https://nodejs.org.`)
  }
  if (!wanted.localNeo4j) return missing
  const instead = 'or set NEO4J_URI to use a Neo4j server of your own.'
  const getJava = `install it with "apt install openjdk-${oldestJava}-jdk-headless" or from https://adoptium.net, ${instead}`
  if (found.javaMajor === undefined) {
    missing.push(`The local Neo4j needs a Java development kit ${oldestJava} or later, and there is none: ${getJava}`)
  } else if (found.javaMajor < oldestJava) {
    missing.push(`The local Neo4j needs Java ${oldestJava} or later, this is Java ${found.javaMajor}: ${getJava}`)
  } else if (!found.javaCompiler) {
    missing.push(`The local Neo4j needs a Java development kit, and this Java has no compiler (javac): ${getJava}`)
  }
  if (!found.maven) {
    missing.push(
      `Maven (mvn) is needed to fetch the local Neo4j: install it with "apt install maven" or from https://maven.apache.org, ${instead}`,
    )
  }
  return missing
}

/**
 * Looks for what {@link missingNeeds} judges.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Found}
 */
export function findNeeds(env) {
  const home = env['JAVA_HOME']
  const java = home ? join(home, 'bin', 'java') : 'java'
  const { stderr, status } = spawnSync(java, ['-version'], { encoding: 'utf8' })
  return {
    node: process.versions.node,
    javaMajor: status === 0 ? parseJavaMajor(stderr) : undefined,
    javaCompiler: home ? isExecutable(join(home, 'bin', 'javac')) : isOnPath('javac', env),
    maven: isOnPath('mvn', env),
  }
}

/**
 * The major version in what `java -version` prints: `openjdk version "17.0.15" 2025-04-15`, `java version "1.8.0_402"`.
 *
 * @param {string} output
 * @returns {number | undefined}
 */
export function parseJavaMajor(output) {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? []
  if (first === undefined) return undefined
  return Number(first === '1' && second !== undefined ? second : first)
}

/**
 * @param {string} command
 * @param {NodeJS.ProcessEnv} env
 */
function isOnPath(command, env) {
  return (env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && isExecutable(join(folder, command)))
}

/** @param {string} file */
function isExecutable(file) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  return endings.some((ending) => {
    try {
      accessSync(file + ending, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
