/**
 * Do the masks find what caused a class? Measured where the cause is known, payment rings and motifs on random trees, over several
 * seeds of split and weights:
 *
 *     npm run bench:masks -- [--seeds 5] [--dataset payment-rings] [--out bench/results/masks.json]
 *     PEER_PYTHON=… npm run bench:masks -- --against-explainer
 * On busy cores PyTorch is quicker with OMP_NUM_THREADS=1.
 *
 *     npm run bench:masks -- --export FOLDER     only writes the graphs as TUDataset text, with the truth
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import Table from 'cli-table3'
import { Command, Option } from 'commander'
import { positiveCount } from '../src/cli/whole-numbers.ts'
import { loadBackend } from '../src/model/backend.ts'
import { type ExplainerResult, explainWithPeer } from './masks/against-explainer.ts'
import type { MaskData } from './masks/mask-data.ts'
import { type MaskResult, measureData, type SeedResult } from './masks/measure.ts'
import { motifsData } from './masks/motifs-data.ts'
import { ringsData } from './masks/rings-data.ts'
import { writeTuText } from './masks/tu-text.ts'

interface Options {
  readonly seeds: number
  readonly dataset?: string
  readonly againstExplainer?: true
  readonly explain: number
  readonly export?: string
  readonly out?: string
}

await new Command('bench:masks')
  .description('ROC AUC, fidelity, sparsity and stability of masks where the cause of a class is known')
  .option('--seeds <n>', 'seeds 1 to n', positiveCount, 5)
  .addOption(new Option('--dataset <name>', 'one alone').choices(['payment-rings', 'motifs']))
  .option('--against-explainer', 'set GNNExplainer of the Python peer beside it (its python in PEER_PYTHON)')
  .option('--explain <n>', 'graphs that GNNExplainer explains for each seed', positiveCount, 40)
  .option('--export <folder>', 'only write the graphs as TUDataset text with the truth')
  .option('--out <file>', 'write the result as JSON')
  .action(run)
  .parseAsync()

async function run({ seeds, dataset, againstExplainer, explain, export: folder, out }: Options): Promise<void> {
  const all = [await ringsData(), motifsData()].filter(({ name }) => dataset === undefined || name === dataset)
  if (folder !== undefined) {
    for (const data of all) console.log(await writeTuText(folder, data))
    return
  }
  const backend = await loadBackend()
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, backend: backend.name }
  const datasets: (MaskResult & { readonly explainer?: readonly ExplainerResult[] })[] = []
  for (const data of all) {
    const result = await measureData(
      data,
      Array.from({ length: seeds }, (_, i) => i + 1),
      (one) => console.error(lineOf(data.name, one)),
    )
    datasets.push(againstExplainer ? { ...result, explainer: await explained(data, seeds, explain) } : result)
    if (out !== undefined)
      await writeFile(out, `${JSON.stringify({ machine, loadAverage: loadavg()[0], datasets }, null, 2)}\n`)
  }
  console.log(tableOf(datasets))
}

async function explained(data: MaskData, seedCount: number, explain: number): Promise<ExplainerResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'smg-masks-'))
  try {
    const log = (line: string) => console.error(line)
    return await explainWithPeer(data.name, { folder: await writeTuText(folder, data), seedCount, explain, log })
  } finally {
    await rm(folder, { recursive: true })
  }
}

function lineOf(name: string, { seed, metrics, rocAuc, fidelityRatio }: SeedResult): string {
  const accuracy = 'accuracy' in metrics ? metrics.accuracy : Number.NaN
  return `${name} seed ${seed}: accuracy ${accuracy.toFixed(3)}, ROC AUC ${shown(rocAuc)}, deletion over random ${shown(fidelityRatio)}`
}

function tableOf(datasets: readonly (MaskResult & { readonly explainer?: readonly ExplainerResult[] })[]): string {
  const table = new Table({ head: ['data set', 'masks', 'mean over seeds', 'lowest', 'GNNExplainer'] })
  for (const { dataset, seeds, stability, explainer } of datasets) {
    const row = (what: string, of: (result: SeedResult) => number, other?: (result: ExplainerResult) => number) => {
      const values = seeds.map(of)
      const theirs = other && explainer ? mean(explainer.map(other)).toFixed(3) : ''
      table.push([dataset, what, mean(values).toFixed(3), Math.min(...values).toFixed(3), theirs])
    }
    row('accuracy', ({ metrics }) => ('accuracy' in metrics ? metrics.accuracy : Number.NaN))
    const layers = seeds[0]?.sparsity.length ?? 0
    row(
      'ROC AUC, best layer',
      ({ rocAuc }) => Math.max(...(rocAuc ?? [])),
      (other) => other.gnnexplainer_auc,
    )
    for (let k = 0; k < layers; k++) row(`ROC AUC, layer ${k + 1}`, ({ rocAuc }) => rocAuc?.[k] ?? Number.NaN)
    row('deletion over random, best layer', ({ fidelityRatio }) => Math.max(...fidelityRatio))
    for (let k = 0; k < layers; k++) {
      row(`deletion, layer ${k + 1}`, ({ deletionFidelity }) => deletionFidelity[k] ?? Number.NaN)
      row(`insertion, layer ${k + 1}`, ({ insertionFidelity }) => insertionFidelity[k] ?? Number.NaN)
      row(`sparsity, layer ${k + 1}`, ({ sparsity }) => sparsity[k] ?? Number.NaN)
    }
    row('deletion, random', ({ randomDeletionFidelity }) => randomDeletionFidelity)
    row('insertion, random', ({ randomInsertionFidelity }) => randomInsertionFidelity)
    row(
      'ms a graph',
      ({ maskMillisPerGraph }) => maskMillisPerGraph,
      (other) => other.gnnexplainer_ms,
    )
    table.push([dataset, 'stability by layer', shown(stability), '', ''])
  }
  return table.toString()
}

function shown(byLayer: readonly number[] | null): string {
  return (byLayer ?? []).map((value) => value.toFixed(3)).join(' ')
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
