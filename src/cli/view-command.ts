/** `smg view`: graphs with their masks, in a browser or as a file to send. */
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { InterruptedError, SmgError } from '../errors.ts'
import type { Database } from '../neo4j/database.ts'
import { readViewedGraph } from '../pipeline/view/read-viewed-graph.ts'
import { scoredGraphs } from '../pipeline/view/scored-graphs.ts'
import { projectionOfFile } from '../pipeline/view/viewed-projections.ts'
import { viewerRoutes } from '../pipeline/view/viewer-routes.ts'
import { startHttpServer } from '../viewer/http-server.ts'
import { viewerPage } from '../viewer/page-html.ts'
import { allGraphs } from '../viewer/viewer-api.ts'
import { type CommandContext, createContext, withDatabase } from './context.ts'
import { addHttpOptions, addressWithToken, type HttpFlags, httpToken } from './http-options.ts'
import { packageVersion } from './package-version.ts'
import { runService } from './service.ts'
import { positiveCount } from './whole-numbers.ts'

interface ViewFlags extends HttpFlags {
  readonly out?: string
  readonly limit: number
}

export function addViewCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('view')
    .description('graphs layer by layer, with their masks as depth of colour: in a browser, or as one file to send')
    .argument('[keys...]', 'keys of graphs; of a file: those that are in it, default: the surest')
    .option('--out <file>', 'write one self-contained HTML file instead of serving until Ctrl-C')
    .option('--limit <graphs>', 'how many are in the file where no keys are given', positiveCount, 20)
  addHttpOptions(command, 9475).action(async (keys: string[], flags: ViewFlags, self: Command) => {
    const context = createContext(self, signal)
    const { out } = flags
    await withDatabase(context, (database) =>
      out === undefined
        ? serveGraphs(context, database, keys, flags)
        : writeFileOf(context, database, keys, { ...flags, out }),
    )
  })
}

async function writeFileOf(
  { config, output, signal }: CommandContext,
  database: Database,
  keys: readonly string[],
  { out, limit }: { readonly out: string; readonly limit: number },
): Promise<void> {
  const settings = await config()
  const chosen =
    keys.length > 0
      ? keys
      : (await scoredGraphs(database, settings, { ...allGraphs, from: 0, limit })).graphs.map(({ key }) => key)
  if (chosen.length === 0) throw new SmgError("Cannot show graphs: none has been scored; run 'smg sync' first")
  const graphs = []
  for (const key of chosen) {
    if (signal.aborted) throw new InterruptedError('Interrupted: no file was written')
    graphs.push(await readViewedGraph(database, settings, key))
  }
  const { html } = await viewerPage({
    kind: 'file',
    version: packageVersion(),
    madeAt: new Date().toISOString(),
    graphs,
  })
  await writeFile(out, html)
  output.json({ out, graphCount: graphs.length })
  output.line(`${graphs.length} graphs: ${out}`)
}

/** Until Ctrl-C or SIGTERM, as a service. */
async function serveGraphs(
  { config, output, signal }: CommandContext,
  database: Database,
  keys: readonly string[],
  flags: HttpFlags,
): Promise<void> {
  const settings = await config()
  const [key] = keys
  // A key that there is not is told at once.
  if (key !== undefined) await readViewedGraph(database, settings, key)
  const token = httpToken(flags)
  const routes = viewerRoutes({ database, projections: projectionOfFile(settings), version: packageVersion(), signal })
  await runService({ name: 'viewer', graceSeconds: 0, output }, async () => {
    const server = await startHttpServer({ ...flags, token, routes })
    const chosen =
      key === undefined ? '' : `#${new URLSearchParams({ projection: settings.projection.name, key }).toString()}`
    output.note(`Showing graphs at ${addressWithToken(server.url, token)}${chosen}; Ctrl-C ends it`)
    try {
      if (!signal.aborted) await once(signal, 'abort')
    } finally {
      await server.close()
    }
  })
}
