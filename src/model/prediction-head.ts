/** The head: from a graph's embedding to logits of classes, or to standardised targets. */
import { type Linear, linear, linearGradient } from './linear.ts'
import { elu, eluGradient, matMul, multiply, relu, reluGradient, type Value } from './ops.ts'
import type { NetworkShape } from './parameters.ts'

export interface HeadOutput {
  /** [B, C] */
  readonly output: Value
  /** d output [B, C] -> d embedding [B, D] and the gradients of the maps. */
  readonly backward: (dOutput: Value) => { dx: Value; gradients: Linear<Value>[] }
}

/** A map of the head, with the activation that follows all but the last. */
interface HeadMap {
  readonly map: Linear<Value>
  readonly input: Value
  /** `null` after the last map. */
  readonly active: Value | null
}

/**
 * Linear maps with ReLU (and dropout) in between for classes, with ELU for a regression: embedding [B, D] -> [B, C].
 *
 * @param dropoutFactors of the units after each activation; 0, or 1 / (1 - dropout). [B, H]
 */
export function predictionHead(
  maps: readonly Linear<Value>[],
  embedding: Value,
  task: NetworkShape['task'],
  dropoutFactors: Value | undefined,
): HeadOutput {
  const [activation, activationGradient] = task === 'regression' ? [elu, eluGradient] : [relu, reluGradient]
  const dropped = (x: Value) => (dropoutFactors === undefined ? x : multiply(x, dropoutFactors))
  const steps: HeadMap[] = []
  let x = embedding
  maps.forEach((map, i) => {
    const input = x
    const mapped = linear(input, map)
    const active = i < maps.length - 1 ? activation(mapped) : null
    steps.push({ map, input, active })
    x = active === null ? mapped : dropped(active)
  })
  const backward = (dOutput: Value) => {
    let dx = dOutput
    const gradients: Linear<Value>[] = []
    for (const { map, input, active } of steps.toReversed()) {
      if (active !== null) dx = activationGradient(dropped(dx), active)
      gradients.unshift(linearGradient(input, dx))
      dx = matMul(dx, map.weight)
    }
    return { dx, gradients }
  }
  return { output: x, backward }
}
