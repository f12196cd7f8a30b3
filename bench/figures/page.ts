/** FIGURES.md: each figure with what the paper saw in it, and whether our model shows the same. */
import { markdownTable } from '../reproduce/markdown-table.ts'
import type { TrainingCurve } from '../reproduce/training-figure.ts'
import type { StoredFigure } from './stored-figure.ts'

/** @param curves of figure 3, by data set; none where they have not been measured */
export function figuresPage(
  figures: readonly StoredFigure[],
  curves: ReadonlyMap<string, readonly TrainingCurve[]>,
): string {
  return `# Figures of the paper, with our model

Made by \`npm run bench:figures\`. Masks are of all test graphs; a picture shows some of those that are predicted rightly, a row for each
graph, a column for each layer, the darker, the higher the mask.

## Figure 3: accuracy on the training part

${trainingText(curves)}

${figures.map(section).join('\n\n')}
`
}

function section(figure: StoredFigure): string {
  const { number, dataset, groupedBy, groups, measures, sentence } = figure
  const layers = measures[0]?.values.map((_, k) => `layer ${k + 1}`) ?? []
  const masks = groups.map(({ name, nodeCount, meanMasks }) => [
    name,
    nodeCount,
    ...meanMasks.map((mask) => mask.toFixed(3)),
  ])
  return `## Figure ${number}: ${dataset}

![Masks of graphs of ${dataset}](${dataset}.svg)

${sentence}

${markdownTable(
  ['', ...layers],
  measures.map(({ name, values }) => [name, ...values.map((value) => value.toFixed(3))]),
)}

Mean mask by ${groupedBy}:

${markdownTable([groupedBy, 'nodes', ...layers], masks)}

${trainingSentence(figure)}`
}

function trainingSentence({
  variant,
  graphCount,
  testGraphCount,
  epochs,
  bestEpoch,
  batchSize,
  published,
  testAccuracy,
}: StoredFigure): string {
  const batches =
    batchSize === published.batchSize ? '' : ` in batches of ${batchSize}, published ${published.batchSize}`
  return `${variant}, ${graphCount} graphs, ${epochs} epochs (published ${published.epochs})${batches}; epoch ${bestEpoch} had the lowest loss on the validation part${bestEpoch === epochs ? ', so that it was still learning' : ''}. Accuracy on ${testGraphCount} test graphs: ${(100 * testAccuracy).toFixed(1)} %.`
}

/** Epochs of the paper's trainings, at least. */
const fullTraining = 100
const own = ['smg', 'smg-jk']
const others = ['smg-1', 'gat']

function trainingText(curves: TrainingCurves): string {
  if (curves.size === 0)
    return 'Not measured yet: `npm run bench:reproduce -- --training-curve` makes the curves, and this page names them when it is made again.'
  return [...curves]
    .map(
      ([dataset, models]) =>
        `![Accuracy on the training part, ${dataset}](../reproduce/training-${dataset}.svg)\n\n${trainingVerdict(dataset, models)}`,
    )
    .join('\n\n')
}

type TrainingCurves = Parameters<typeof figuresPage>[1]

function trainingVerdict(dataset: string, models: readonly TrainingCurve[]): string {
  const lasts = models.map(({ model, accuracies }) => ({
    model,
    last: 100 * (accuracies.at(-1) ?? Number.NaN),
    epochs: accuracies.length,
  }))
  const of = (names: readonly string[]) => lasts.filter(({ model }) => names.includes(model)).map(({ last }) => last)
  const [ours, theirs] = [of(own), of(others)]
  const numbers = lasts
    .map(({ model, last, epochs }) => `${model} ${last.toFixed(1)} % after ${epochs} epochs`)
    .join(', ')
  if (ours.length === 0 || theirs.length === 0)
    return `${dataset}: ${numbers}; not all of what the paper compares has been measured.`
  const early =
    Math.min(...lasts.map(({ epochs }) => epochs)) < fullTraining
      ? ` That is early in a training of ${fullTraining} epochs and more.`
      : ''
  const verdict =
    Math.min(...ours) > Math.max(...theirs)
      ? 'holds'
      : Math.max(...ours) > Math.max(...theirs)
        ? 'holds in part'
        : 'does not hold'
  return `The paper sees SMG and SMG-JK fit the training part better than one layer of SMG and than GAT. It ${verdict} for our model on ${dataset}: ${numbers}.${early}`
}
