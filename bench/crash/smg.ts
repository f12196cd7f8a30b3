/** The `smg` command where this benchmark is compiled, as bin/smg.js is it elsewhere. */
import { main } from '../../src/cli/main.ts'

process.exitCode = await main(process.argv.slice(2))
