/** Cypher statements and the local server's sources are no TypeScript: they are put where the compiled code looks for them. */
import { cpSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** `npm run` starts in the root of the repository. */
export function placeStaticFiles(): void {
  const compiled = resolve(import.meta.dirname, '..', '..')
  if (compiled === resolve('.')) return
  for (const path of ['package.json', 'cypher', 'src/local-neo4j/pom.xml', 'src/local-neo4j/Launcher.java'])
    cpSync(path, join(compiled, path), { recursive: true })
}
