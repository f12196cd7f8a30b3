/** `smg masks KEY`: one graph's nodes with their masks, as a table or drawn; several graphs as a sheet. */
import { writeFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { type GraphMasks, readMasks } from '../pipeline/masks.ts'
import { readViewedGraph } from '../pipeline/view/read-viewed-graph.ts'
import { maskPicture } from '../viewer/mask-picture.ts'
import { pictureAsPng } from '../viewer/picture-png.ts'
import type { ViewedGraph } from '../viewer/viewed-graph.ts'
import { type CommandContext, createContext, withDatabase } from './context.ts'
import { outcomeText } from './outcome-text.ts'
import type { Output } from './output.ts'
import { requireFolderOf } from './output-file.ts'
import { positiveCount } from './whole-numbers.ts'

interface MasksFlags {
  readonly svg?: string
  readonly png?: string
  readonly layer?: number
  readonly label?: string
  readonly width: number
}

const [defaultWidth, mostWidth] = [1600, 20_000]

export function addMasksCommand(program: Command, signal: AbortSignal): void {
  program
    .command('masks')
    .description("one graph's nodes with their masks, highest in the last layer first; also as a picture")
    .argument('<keys...>', 'key of the graph; several make a sheet, a row for each')
    .option('--svg <file>', 'draw the layers side by side')
    .option('--png <file>', 'the same, in pixels')
    .option('--layer <k>', 'draw this layer alone', positiveCount)
    .option('--label <property>', 'draw nodes with this property beside them (default: their keys)')
    .option('--width <pixels>', 'of the PNG', pixelCount, defaultWidth)
    .action(async (keys: readonly string[], flags: MasksFlags, self: Command) => {
      const context = createContext(self, signal)
      await (flags.svg === undefined && flags.png === undefined
        ? printMasks(context, keys)
        : drawMasks(context, keys, flags))
    })
}

async function printMasks(context: CommandContext, keys: readonly string[]): Promise<void> {
  const { output } = context
  const config = await context.config()
  const all = await withDatabase(context, (database) => eachOf(keys, (key) => readMasks(database, config, key)))
  output.json(all.length === 1 ? all[0] : all)
  for (const graph of all) printGraph(output, graph, config)
}

function printGraph(
  output: Output,
  graph: GraphMasks,
  {
    targetProperty,
    projection,
  }: { readonly targetProperty: string; readonly projection: { readonly nodeKey: string } },
): void {
  output.line(
    `Graph ${graph.key}: predicted ${outcomeText(graph)} by ${graph.model}, ${targetProperty} is ${graph.target ?? 'not known'}`,
  )
  output.table(
    graph.members.map((member) => ({
      [projection.nodeKey]: member.key,
      ...Object.fromEntries(member.masks.map((mask, k) => [`layer ${k + 1}`, mask])),
      ...member.properties,
    })),
  )
}

async function drawMasks(
  context: CommandContext,
  keys: readonly string[],
  { svg, png, layer, label, width }: MasksFlags,
): Promise<void> {
  const { output } = context
  const files = [svg, png].filter((file) => file !== undefined)
  for (const file of files) await requireFolderOf(file, 'picture')
  const config = await context.config()
  const graphs = await withDatabase(context, (database) =>
    eachOf(keys, (key) => readViewedGraph(database, config, key)),
  )
  const picture = maskPicture(graphs, { layer, label })
  if (svg !== undefined) await writeFile(svg, picture)
  if (png !== undefined) await writeFile(png, await pictureAsPng(picture, { width }))
  output.json({ graphs: graphs.map(({ key }) => key), files })
  for (const graph of graphs) noteLeftOut(output, graph)
  for (const file of files) output.line(`Wrote ${file}`)
}

function noteLeftOut(output: Output, { key, hops, nodes, nodeCount }: ViewedGraph): void {
  if (hops === null) return
  output.note(
    `Of graph ${key} ${nodes.length} of ${nodeCount} nodes are drawn: the highest masks and what is within ${hops} hops of them`,
  )
}

async function eachOf<T>(keys: readonly string[], read: (key: string) => Promise<T>): Promise<readonly T[]> {
  const all: T[] = []
  for (const key of keys) all.push(await read(key))
  return all
}

function pixelCount(text: string): number {
  const pixels = positiveCount(text)
  if (pixels > mostWidth) throw new InvalidArgumentError(`expected at most ${mostWidth}.`)
  return pixels
}
