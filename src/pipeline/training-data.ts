/** Reads what there is to learn from: the graphs of a projection that have a target, split and encoded. */
import { graphsInWords } from '../config/graph-nodes.ts'
import type { Config } from '../config/schema.ts'
import { SourceDataError } from '../errors.ts'
import { createEdgeFitter } from '../graph/edge-fitter.ts'
import { encodeGraph } from '../graph/encode.ts'
import type { EncodedGraph } from '../graph/encoded-graph.ts'
import { createFeatureFitter } from '../graph/features.ts'
import type { GraphProblem } from '../graph/graph-problem.ts'
import { subgraphFromTable } from '../graph/rows.ts'
import { type Key, keyText } from '../graph/subgraph.ts'
import { graphProperties } from '../graph/vocabulary.ts'
import type { GraphHead } from '../neo4j/catalogue.ts'
import { type KnownTargets, knownTargets } from './known-targets.ts'
import { labelledHeads } from './labelled-heads.ts'
import { edgeOptions } from './relationship-options.ts'
import { collectProblem, type Source, sourcePagesOf, throwProblems } from './source.ts'
import type { TrainingData } from './trained-model.ts'

/**
 * Reads, checks, splits and encodes all graphs with a target. The features are fitted on the training part alone.
 * @throws SourceDataError naming what is wrong with targets, members or features
 */
export async function readTrainingData(
  source: Source,
  onRead?: (done: number, total: number) => void,
): Promise<TrainingData> {
  const { config } = source
  const labelled = await labelledHeads(source)
  const problems: GraphProblem[] = []
  const { classes, numbers, split } = targetsOfHeads(labelled, config)
  const inTraining = new Set(split.train)
  const total = labelled.length + inTraining.size
  const progress = { done: 0 }
  // First pass: the training graphs, for the feature schema.
  const fitter = createFeatureFitter({ ...config, orientation: config.projection.orientation })
  const edgeFitter = createEdgeFitter(edgeOptions(config))
  const trainingHeads = labelled.filter(({ key }) => inTraining.has(key))
  for await (const page of sourcePagesOf(source, trainingHeads)) {
    problems.push(...page.problems)
    for (const { table } of page.graphs) {
      const subgraph = subgraphFromTable(table)
      fitter.add(subgraph)
      edgeFitter.add(subgraph)
    }
    progress.done += page.graphs.length
    onRead?.(progress.done, total)
  }
  throwProblems(problems)
  const featureSchema = fitter.finish()
  const edgeSchema = edgeFitter.finish()
  // Second pass: all of them, as typed arrays.
  const encoded = new Map<Key, EncodedGraph>()
  const options = { orientation: config.projection.orientation, classes, edgeSchema }
  for await (const page of sourcePagesOf(source, labelled)) {
    problems.push(...page.problems)
    for (const { head, table } of page.graphs) {
      collectProblem(problems, head.key, () => {
        const graph = encodeGraph(subgraphFromTable(table), featureSchema, options).encoded
        encoded.set(head.key, { ...graph, targets: numbers?.get(head.key) ?? null })
      })
    }
    progress.done += page.graphs.length
    onRead?.(progress.done, total)
  }
  throwProblems(problems)
  const part = (keys: readonly Key[]) =>
    keys.map((key) => {
      const graph = encoded.get(key)
      if (graph === undefined)
        throw new SourceDataError(
          `Cannot train: graph ${keyText(key)} was deleted while it was read; run the command again`,
        )
      return graph
    })
  return {
    classes,
    split,
    featureSchema,
    edgeSchema,
    train: part(split.train),
    validation: part(split.validation),
    test: part(split.test),
  }
}

function targetsOfHeads(labelled: readonly GraphHead[], config: Config): KnownTargets {
  const { targetProperty, projection, training, model } = config
  if (labelled.length === 0)
    throw new SourceDataError(
      `Cannot learn '${targetProperty}': expected some ${graphsInWords(projection)} ${projection.kind === 'cypher' ? 'with a target' : 'with it'}, got none; set it on the graphs to learn from`,
    )
  return knownTargets(
    labelled.map(({ key, target }) => ({ key, values: [target] })),
    { targets: [targetProperty], task: model.task, training, vocabulary: graphProperties },
  )
}
