/** What the project needs from the machine before it can install anything. Runs before node_modules exists. */
import { accessSync, constants, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

const oldestNode = 20
const oldestJava = 17

/**
 * What was found; `undefined` where there is none.
 *
 * @typedef {object} Found
 * @property {string} node version of the running Node, such as "20.19.0"
 * @property {number | undefined} javaMajor the newest Java development kit
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
  if (found.javaMajor === undefined || found.javaMajor < oldestJava) {
    const seen = found.javaMajor === undefined ? 'there is none' : `the newest one here is ${found.javaMajor}`
    missing.push(
      `The local Neo4j needs a Java development kit ${oldestJava} or later and ${seen}: install one with "apt install openjdk-${oldestJava}-jdk-headless" or from https://adoptium.net, ${instead}`,
    )
  }
  if (!found.maven) {
    missing.push(
      `Maven (mvn) is needed to fetch the local Neo4j: install it with "apt install maven" or from https://maven.apache.org, ${instead}`,
    )
  }
  return missing
}

/**
 * Looks for what {@link missingNeeds} judges, without starting anything.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Found}
 */
export function findNeeds(env) {
  const majors = javaHomes(env).flatMap((home) => javaMajor(home) ?? [])
  return {
    node: process.versions.node,
    javaMajor: majors.length === 0 ? undefined : Math.max(...majors),
    maven: isOnPath('mvn', env),
  }
}

/**
 * The major version of the development kit in a folder; `undefined` when there is none, or a Java without a compiler.
 *
 * @param {string} home
 * @returns {number | undefined}
 */
export function javaMajor(home) {
  if (!isExecutable(join(home, 'bin', 'javac'))) return undefined
  try {
    const [, version] = /^JAVA_VERSION="(?:1\.)?(\d+)/m.exec(readFileSync(join(home, 'release'), 'utf8')) ?? []
    return version === undefined ? undefined : Number(version)
  } catch {
    return undefined
  }
}

/**
 * Where the local Neo4j looks for Java: JAVA_HOME, the path and the usual folders.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function javaHomes(env) {
  const named = env['JAVA_HOME'] ? [env['JAVA_HOME']] : []
  const onPath = foldersOnPath(env).map((folder) => homeOfCommand(join(folder, 'javac')))
  const installed = ['/usr/lib/jvm', '/usr/java'].flatMap((folder) => namesIn(folder).map((name) => join(folder, name)))
  const macFolder = '/Library/Java/JavaVirtualMachines'
  const onMac = namesIn(macFolder).map((name) => join(macFolder, name, 'Contents', 'Home'))
  return [...named, ...onPath, ...installed, ...onMac]
}

/**
 * /usr/bin/javac is a chain of links that ends in the Java home.
 *
 * @param {string} command
 */
function homeOfCommand(command) {
  try {
    return dirname(dirname(realpathSync(command)))
  } catch {
    return dirname(dirname(command))
  }
}

/** @param {string} folder */
function namesIn(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** @param {NodeJS.ProcessEnv} env */
function foldersOnPath(env) {
  return (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
}

/**
 * @param {string} command
 * @param {NodeJS.ProcessEnv} env
 */
function isOnPath(command, env) {
  return foldersOnPath(env).some((folder) => isExecutable(join(folder, command)))
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
