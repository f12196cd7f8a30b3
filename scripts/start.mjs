/** `npm start`: sets everything up, then runs the main job on the sample. */
import { join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { runNode } from './run.mjs'

await bootstrap()
process.exitCode = await runNode('--import', 'tsx', join('scripts', 'start-sample.ts'), ...process.argv.slice(2))
