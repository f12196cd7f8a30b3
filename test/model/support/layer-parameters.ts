/** The parameters of one layer as a list of arrays and back. */
import type { Random } from '../../../src/graph/random.ts'
import { slice, type Value } from '../../../src/model/ops.ts'
import {
  joinParameters,
  type LayerParameters,
  mapParameters,
  type NetworkShape,
  type ParameterSpec,
  parameterSpecs,
} from '../../../src/model/parameters.ts'
import type { NumberArray } from '../../../src/model/step.ts'
import { at, randomArray, shapedAs } from './compute.ts'

export interface LayerList {
  /** Random parameters. */
  random(random: Random): NumberArray[]
  /** The tree of parameters that `values` are, in the order of `random`. */
  treeOf(values: readonly Value[]): LayerParameters<Value>
  /** The gradients in a tree, in the same order, as vectors. */
  listOf(gradients: LayerParameters<Value>): Value[]
}

/** Of a layer with `featureCount` inputs: of a first one, or of a later one if that is the number of hidden units. */
export function layerList(shape: Omit<NetworkShape, 'layers' | 'inputProjection'>): LayerList {
  const k = shape.featureCount === shape.hidden ? 1 : 0
  const network = { ...shape, layers: k + 1, inputProjection: k > 0 }
  const specs = parameterSpecs(network).filter(({ weight }) => weight.startsWith(`layers.${k}.`))
  const nameOf = ({ weight, firstColumn }: ParameterSpec) => `${weight} from ${firstColumn}`
  const arrays = specs.map(({ shape: sides }) => ({ shape: sides, values: new Float32Array(sizeOf(sides)) }))
  return {
    random: (random) => specs.map(({ shape: sides }) => randomArray(sides, random)),
    treeOf(values) {
      const shaped = new Map(shapedAs(arrays, values).map((value, i) => [nameOf(at(specs, i)), value]))
      // What belongs to other layers is of no concern.
      const take = (spec: ParameterSpec) => shaped.get(nameOf(spec)) ?? at(values, 0)
      return at(mapParameters(network, take).layers, k)
    },
    listOf(gradients) {
      const flat = joinParameters({ input: null, layers: [gradients], head: [] })
      let first = 0
      return specs.map(({ shape: sides }) => {
        first += sizeOf(sides)
        return slice(flat, first - sizeOf(sides), sizeOf(sides))
      })
    },
  }
}

function sizeOf(sides: readonly number[]): number {
  return sides.reduce((product, side) => product * side, 1)
}
