/**
 * Figures 4 to 7 of the paper with our model: it is trained on each data set, graphs are drawn with their masks, and what the paper sees in
 * them is measured on all test graphs:
 *
 *     npm run bench:figures -- --data ../shared/data [--only PROTEINS]
 *
 * Trained models are kept in the user's cache, so that a second call only draws and measures.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'commander'
import envPaths from 'env-paths'
import { keyText } from '../src/graph/subgraph.ts'
import { loadBackend } from '../src/model/backend.ts'
import { maskPicture } from '../src/viewer/mask-picture.ts'
import { figureModel } from './figures/figure-model.ts'
import { type Figure, figures } from './figures/figures.ts'
import { labelOf, nodeLabels } from './figures/node-labels.ts'
import { figuresPage } from './figures/page.ts'
import { type ScoredGraph, scoredGraphs, viewedGraph } from './figures/scored-graph.ts'
import { saveFigure, storedFigures } from './figures/stored-figure.ts'
import { readExperiment } from './reproduce/experiment.ts'
import { storedResults } from './reproduce/stored-results.ts'
import { trainingCurves } from './reproduce/training-curves.ts'

interface Options {
  readonly data: string
  readonly only?: string
}

const repository = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../../..', import.meta.url))
const [folder, reproduction] = [join(repository, 'bench', 'figures'), join(repository, 'bench', 'reproduce')]
const results = join(folder, 'results')
const cache = join(envPaths('soft-mask-neo4j', { suffix: '' }).cache, 'figures')

await new Command('figures')
  .description('Draws and measures masks where the paper shows them')
  .requiredOption('--data <folder>', 'folder of the zips')
  .addOption(new Option('--only <dataset>', 'one alone').choices(figures.map(({ dataset }) => dataset)))
  .action(run)
  .parseAsync()

async function run({ data, only }: Options): Promise<void> {
  await loadBackend()
  await mkdir(results, { recursive: true })
  for (const figure of figures.filter(({ dataset }) => only === undefined || dataset === only)) await make(figure, data)
  const curves = trainingCurves(await storedResults(join(reproduction, 'results')))
  await writeFile(join(folder, 'FIGURES.md'), figuresPage(await storedFigures(results), curves))
}

async function make(figure: Figure, data: string): Promise<void> {
  const { number, dataset, training, observe } = figure
  const experiment = await readExperiment(join(reproduction, 'configs', `${dataset}.json`))
  const trained = await figureModel(experiment, { ...training, data, cache, log: (line) => console.error(line) })
  const graphs = await scoredGraphs(trained)
  const { model } = trained
  const labels = figure.pictured.withLabels ? nodeLabels(trained) : undefined
  const viewed = pictured(graphs, figure.pictured).map((graph) =>
    viewedGraph(graph, model, { dataset, labelOf: labels && ((row) => labelOf(labels, graph, row)) }),
  )
  await writeFile(join(folder, `${dataset}.svg`), maskPicture(viewed, { label: 'label' }))
  const observation = observe(trained, graphs)
  await saveFigure(results, {
    number,
    dataset,
    graphCount: trained.graphCount,
    testGraphCount: graphs.length,
    epochs: training.epochs,
    bestEpoch: model.bestEpoch,
    batchSize: training.batchSize,
    published: experiment.settings.training,
    variant: model.options.variant,
    testAccuracy: graphs.filter(({ isRight }) => isRight).length / graphs.length,
    ...observation,
    groups: [...observation.groups].map((group) => ({ ...group, meanMasks: [...group.meanMasks] })),
    measures: observation.measures.map(({ name, values }) => ({ name, values: [...values] })),
  })
  console.log(`${dataset}: ${observation.sentence}`)
}

/** The first, by their keys, of each class that are predicted rightly. */
function pictured(graphs: readonly ScoredGraph[], { perClass, from, to }: Figure['pictured']): readonly ScoredGraph[] {
  const fit = graphs
    .filter(({ isRight, encoded }) => isRight && encoded.nodeCount >= from && encoded.nodeCount <= to)
    .toSorted((a, b) => (keyText(a.encoded.key) < keyText(b.encoded.key) ? -1 : 1))
  const classes = [...new Set(graphs.map(({ encoded }) => encoded.y))].sort()
  return classes.flatMap((y) => fit.filter(({ encoded }) => encoded.y === y).slice(0, perClass))
}
