/** Finds the Java development kit that runs a Neo4j. */
import { accessSync, constants, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { DatabaseError } from '../errors.ts'
import { type JavaRange, javaRange } from './neo4j-version.ts'

export interface Java {
  readonly home: string
  /** 17 of "17.0.15". */
  readonly major: number
}

/** Folders that hold one installation each, and where within it the Java home is. */
const installationFolders = [
  { folder: '/usr/lib/jvm', home: '' },
  { folder: '/usr/java', home: '' },
  { folder: '/Library/Java/JavaVirtualMachines', home: 'Contents/Home' },
]

/**
 * The Java for a Neo4j version: the one asked for, else the first fit one of JAVA_HOME, PATH and the usual folders; one that
 * is newer than that Neo4j knows only when there is no other.
 * @throws DatabaseError when there is none, or the one asked for does not fit.
 */
export function findJava(neo4jVersion: string, javaHome: string | undefined): Java {
  const range = javaRange(neo4jVersion)
  if (javaHome !== undefined) {
    const asked = inspect(javaHome)
    if (asked === undefined || asked.major < range.minimum)
      throw new DatabaseError(
        `Cannot run Neo4j ${neo4jVersion} with ${javaHome}: expected a Java development kit ${range.minimum} or newer, got ${describe(asked)}`,
      )
    return asked
  }
  const found = candidateHomes(process.env)
    .map(inspect)
    .filter((java) => java !== undefined)
  const chosen = chooseJava(found, range)
  if (chosen === undefined) {
    const seen = found.length === 0 ? 'none' : found.map((java) => `${describe(java)} in ${java.home}`).join(', ')
    throw new DatabaseError(
      `Cannot run Neo4j ${neo4jVersion}: expected a Java development kit ${range.minimum} or newer, got ${seen}; install one (apt install openjdk-${range.minimum}-jdk-headless, or from adoptium.net), name one with JAVA_HOME, or set NEO4J_URI to a server of your own`,
    )
  }
  return chosen
}

/** The first Java within the range, else the first above it. */
export function chooseJava(found: readonly Java[], { minimum, newest }: JavaRange): Java | undefined {
  const fit = found.filter((java) => java.major >= minimum)
  return fit.find((java) => java.major <= newest) ?? fit[0]
}

/** The major version in a `release` file of a Java home: `JAVA_VERSION="17.0.15"`, `JAVA_VERSION="1.8.0_402"`. */
export function parseJavaMajor(release: string): number | undefined {
  const [, first, second] = /^JAVA_VERSION="(\d+)(?:\.(\d+))?/m.exec(release) ?? []
  if (first === undefined) return undefined
  return Number(first === '1' && second !== undefined ? second : first)
}

function candidateHomes(env: NodeJS.ProcessEnv): string[] {
  const named = env['JAVA_HOME']
  const onPath = (env['PATH'] ?? '').split(delimiter).flatMap((folder) => {
    const home = folder === '' ? undefined : homeOfCommand(join(folder, 'javac'))
    return home === undefined ? [] : [home]
  })
  const installed = installationFolders.flatMap(({ folder, home }) =>
    namesIn(folder).map((name) => join(folder, name, home)),
  )
  return [...new Set([...(named ? [named] : []), ...onPath, ...installed])]
}

/** /usr/bin/javac is a chain of links that ends in the Java home. */
function homeOfCommand(command: string): string | undefined {
  try {
    return dirname(dirname(realpathSync(command)))
  } catch {
    return undefined
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

/** The development kit in a folder; `undefined` when there is none, or one without a compiler. */
function inspect(home: string): Java | undefined {
  try {
    accessSync(join(home, 'bin', 'java'), constants.X_OK)
    accessSync(join(home, 'bin', 'javac'), constants.X_OK)
    const major = parseJavaMajor(readFileSync(join(home, 'release'), 'utf8'))
    return major === undefined ? undefined : { home, major }
  } catch {
    return undefined
  }
}

function describe(java: Java | undefined): string {
  return java === undefined ? 'none' : `Java ${java.major}`
}
