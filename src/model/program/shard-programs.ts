/**
 * The two computations that a network is run for: outputs, and gradients of the loss. A batch comes as shards, which do not
 * depend on each other, so that each can have a core of its own.
 */
import { type ForwardOutput, forward } from '../network.ts'
import { add, type Value } from '../ops.ts'
import { outputGradient } from '../output-gradient.ts'
import { joinParameters, type NetworkShape, splitParameters } from '../parameters.ts'
import type { PreassignedOf } from '../smg-layer.ts'
import { type BatchOf, mapBatch, type NumberArray } from '../step.ts'
import { createProgramCache, valueAt } from './program-cache.ts'

/** Some graphs. */
export interface ShardOf<T> {
  readonly batch: BatchOf<T>
  /** Given masks, layer by layer; `null`: all are learned. [K] of [R, 1] */
  readonly preassigned: readonly PreassignedOf<T>[] | null
}

/** Some graphs of a training batch. */
export interface TrainingShardOf<T> extends ShardOf<T> {
  /** 1 for the class of each graph, or its standardised targets. [B, C] */
  readonly targets: T
  /** What the loss of each graph counts in the gradient. [B, 1] */
  readonly weights: T
  /** Factors of the classifier's hidden units; `null` without dropout. [B, H] */
  readonly dropoutFactors: T | null
}

export interface GradientResult {
  /** Of the loss by all parameters. [P] */
  readonly gradient: Float32Array
  /** Of each shard. [B, C] */
  readonly outputs: readonly Float32Array[]
}

/** Programs for shards of any number and form, compiled when they are first needed. */
export interface Programs {
  gradient(parameters: Float32Array, shards: readonly TrainingShardOf<NumberArray>[]): GradientResult
  predict(parameters: Float32Array, shards: readonly ShardOf<NumberArray>[]): PredictionOutput[]
  dispose(): void
}

/** Results of a shard. */
export interface PredictionOutput {
  /** Logits, or standardised targets. [B, C] */
  readonly output: Float32Array
  /** [B, D] */
  readonly embeddings: Float32Array
  /** Layer by layer, by row of the mask step. [K] of [R, 1 or H] */
  readonly masks: readonly Float32Array[]
}

export function createPrograms(shape: NetworkShape): Programs {
  const programs = createProgramCache()
  return {
    gradient(parameters, shards) {
      if (shards.length === 0) throw new RangeError('Cannot compute a gradient: expected graphs, got none')
      const arrays: NumberArray[] = [{ values: parameters, shape: [parameters.length] }]
      const places = shards.map((shard) => mapTrainingShard(shard, (array) => arrays.push(array) - 1))
      const [gradient, ...outputs] = programs.run(places, arrays, (values) =>
        gradientOf(
          shape,
          valueAt(values, 0),
          places.map((shard) => mapTrainingShard(shard, (i) => valueAt(values, i))),
        ),
      )
      if (gradient === undefined) throw new RangeError('Cannot compute a gradient: got no outputs')
      return { gradient, outputs }
    },
    predict(parameters, shards) {
      if (shards.length === 0) return []
      const arrays: NumberArray[] = [{ values: parameters, shape: [parameters.length] }]
      const places = shards.map((shard) => mapShard(shard, (array) => arrays.push(array) - 1))
      const results = programs.run(places, arrays, (values) =>
        predictionsOf(
          shape,
          valueAt(values, 0),
          places.map((shard) => mapShard(shard, (i) => valueAt(values, i))),
        ),
      )
      const perShard = results.length / shards.length
      return shards.map((_, s) => {
        const [output, embeddings, ...masks] = results.slice(s * perShard, (s + 1) * perShard)
        if (output === undefined || embeddings === undefined) throw new RangeError('Cannot predict: got no outputs')
        return { output, embeddings, masks }
      })
    },
    dispose: programs.dispose,
  }
}

/** Gradient of all shards together [P], then the outputs of each. */
function gradientOf(shape: NetworkShape, parameters: Value, shards: readonly TrainingShardOf<Value>[]): Value[] {
  const tree = splitParameters(shape, parameters)
  const outputs: Value[] = []
  const gradients = shards.map(({ batch, preassigned, targets, weights, dropoutFactors }) => {
    const result = forward(tree, batch, shape, {
      training: true,
      preassigned,
      dropoutFactors: dropoutFactors ?? undefined,
    })
    outputs.push(result.output)
    const dOutput = outputGradient(shape.task, { output: result.output, targets, weights })
    return joinParameters(result.backward(dOutput))
  })
  return [gradients.reduce((sum, gradient) => add(sum, gradient)), ...outputs]
}

/** Output, embeddings and masks of one shard after the other. */
function predictionsOf(shape: NetworkShape, parameters: Value, shards: readonly ShardOf<Value>[]): Value[] {
  const tree = splitParameters(shape, parameters)
  return shards.flatMap(({ batch, preassigned }) => {
    const { output, graphEmbedding, masks }: ForwardOutput = forward(tree, batch, shape, { preassigned })
    return [output, graphEmbedding, ...masks]
  })
}

function mapTrainingShard<T, U>(shard: TrainingShardOf<T>, convert: (array: T) => U): TrainingShardOf<U> {
  const { targets, weights, dropoutFactors } = shard
  return {
    ...mapShard(shard, convert),
    targets: convert(targets),
    weights: convert(weights),
    dropoutFactors: dropoutFactors === null ? null : convert(dropoutFactors),
  }
}

function mapShard<T, U>({ batch, preassigned }: ShardOf<T>, convert: (array: T) => U): ShardOf<U> {
  return {
    batch: mapBatch(batch, convert),
    preassigned:
      preassigned?.map(({ given, learned }) => ({ given: convert(given), learned: convert(learned) })) ?? null,
  }
}
