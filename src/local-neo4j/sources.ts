/** The files of this folder that are not TypeScript. The same relative paths hold from src/local-neo4j and dist/local-neo4j. */
import { fileURLToPath } from 'node:url'

export const pomFile = fileURLToPath(new URL('../../src/local-neo4j/pom.xml', import.meta.url))
export const launcherFile = fileURLToPath(new URL('../../src/local-neo4j/Launcher.java', import.meta.url))
