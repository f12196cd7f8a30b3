/** Models for graphology graphs, without any database: options in, a trained model out. */
import { type CallOptions, fitSchema, type TrainingSettings } from '../config/graph-call-options.ts'
import { type CreateModelOptions, createModelSchema, type GraphModel } from '../config/graph-model-options.ts'
import { parseOptions } from '../config/parse-options.ts'
import { trainingSchema } from '../config/schema.ts'
import { ConfigError } from '../errors.ts'
import type { GraphologyGraph } from '../graph/graphology-graph.ts'
import { loadBackend } from '../model/backend.ts'
import type { TrainedModel } from '../model/model.ts'
import type { EpochRecord } from '../model/train.ts'
import { attributeWarnings } from './graph-encoder.ts'
import type { GraphInput } from './graph-inputs.ts'
import type { MaskOptions } from './graph-masks.ts'
import { readTrainingGraphs } from './graph-training-data.ts'
import { graphsToMeasure, withMeasuredMasks } from './mask-quality/measured-masks.ts'
import { trainedModel } from './trained-model.ts'

/**
 * A model that has learned nothing yet, as plain data.
 *
 * @throws ConfigError naming every option that is unknown or does not fit
 */
export function createModel(options: CreateModelOptions = {}): GraphModel {
  return parseOptions(createModelSchema, options, 'create a model')
}

/** As `maskQuality` of smg.config.yaml, with the same defaults. */
export interface MaskQualitySettings {
  /** Node attribute, a boolean or 0 and 1: part of the cause. Compared with masks, never learned. */
  readonly truthAttribute?: string | undefined
  readonly share?: number | undefined
  readonly graphs?: number | undefined
  readonly stabilitySeeds?: number | undefined
}

/**
 * Beside these, all settings of the `training` part of smg.config.yaml, with the same defaults. With given masks, the mask
 * networks learn from the nodes that are left to them.
 */
export interface FitOptions<G extends GraphologyGraph = GraphologyGraph>
  extends CallOptions,
    TrainingSettings,
    MaskOptions<G> {
  /** Told after each epoch. */
  readonly onEpoch?: ((record: EpochRecord) => void) | undefined
  /** Version that the trained model gets: '1', '2', ... (see `nextVersion`). Default: '1' */
  readonly version?: string | undefined
  /** When it is trained. Default: the computer's clock */
  readonly now?: (() => Date) | undefined
  /** Measure the masks on the held-out graphs, into `maskQuality` of the model. Default: they are not measured */
  readonly maskQuality?: MaskQualitySettings | undefined
}

/**
 * Trains `model` on graphs whose target is known: a part of them teaches, a part chooses the best epoch, a part is held out
 * for the metrics. The same graphs, keys and options give the same model, bit for bit.
 *
 * @throws ConfigError naming every option that is unknown or does not fit; SourceDataError naming graphs, and nodes or
 * edges, that cannot be used; InterruptedError once the signal is aborted; SmgError if training diverges
 */
export async function fit<G extends GraphologyGraph>(
  model: GraphModel,
  graphs: Iterable<GraphInput<G>>,
  options: FitOptions<G> = {},
): Promise<TrainedModel> {
  const { maskQuality } = parseOptions(fitSchema, options, 'fit')
  const { signal, backend, onWarning, onEpoch, version = '1', now = () => new Date(), ...others } = options
  const { without, onlySubgraph, subgraphStack, masks, maskQuality: _measured, ...settings } = others
  const maskOptions = { without, onlySubgraph, subgraphStack, masks }
  const training = parseOptions(trainingSchema, settings, 'fit')
  if (training.classWeights && model.options.task === 'regression')
    throw new ConfigError('Cannot fit: classWeights: expected false for a regression, got true; there are no classes')
  if (training.epochChoice !== 'loss' && model.options.task === 'regression')
    throw new ConfigError(
      'Cannot fit: epochChoice: expected loss for a regression, got accuracy; only classes have an accuracy',
    )
  const { warning } = await loadBackend(backend === undefined ? {} : { backend })
  if (warning !== undefined) onWarning?.(warning)
  const truthAttribute = maskQuality?.truthAttribute
  const data = await readTrainingGraphs(model, graphs, { training, maskOptions, truthAttribute, signal })
  for (const sentence of attributeWarnings(data.unseen)) onWarning?.(sentence)
  const trained = await trainedModel(data, { ...model, training, signal, onEpoch })
  const complete = { ...trained, version, createdAt: now().toISOString() }
  if (maskQuality === undefined) return complete
  const measured = graphsToMeasure(data, maskQuality, training)
  const nodes = measured.map((graph) => data.truth.get(graph) ?? [])
  const truth = truthAttribute === undefined ? undefined : { property: truthAttribute, nodes }
  return withMeasuredMasks(complete, data, { graphs: measured, truth }, { ...maskQuality, signal })
}
