/** Runs computations on the backend that is loaded, and makes the arrays that go in. */
import { makeBatch } from '../../../src/graph/batch.ts'
import type { GraphArrays } from '../../../src/graph/encoded-graph.ts'
import { foldGraphs } from '../../../src/graph/fold.ts'
import { type FoldPlan, unfolded } from '../../../src/graph/fold-plan.ts'
import type { Random } from '../../../src/graph/random.ts'
import { reshape, type Value } from '../../../src/model/ops.ts'
import { type Computation, compile } from '../../../src/model/program/compile.ts'
import { batchArrays, mapBatch, type NumberArray, type StepOf } from '../../../src/model/step.ts'

/** The outputs' numbers. */
export function computed(computation: Computation, inputs: readonly NumberArray[]): number[][] {
  const program = compile(computation, inputs)
  try {
    return program.run(inputs).map((numbers) => [...numbers])
  } finally {
    program.dispose()
  }
}

/** Item i of what a computation is given. */
export function at<T>(items: readonly T[], i: number): T {
  const item = items[i]
  if (item === undefined) throw new RangeError(`Cannot take item ${i} of ${items.length}`)
  return item
}

/** [N, M] */
export function matrix(rows: readonly (readonly number[])[], columnCount = rows[0]?.length ?? 0): NumberArray {
  return { values: Float32Array.from(rows.flat()), shape: [rows.length, columnCount] }
}

export function vector(...numbers: number[]): NumberArray {
  return { values: Float32Array.from(numbers), shape: [numbers.length] }
}

/** Numbers in (-1, 1). */
export function randomArray(shape: readonly number[], random: Random): NumberArray {
  const size = shape.reduce((product, side) => product * side, 1)
  return { values: Float32Array.from({ length: size }, () => 2 * random.nextFloat() - 1), shape }
}

/** Values with all sides known, also the first one, which a compiled program else leaves open: as parameters are. */
export function shapedAs(arrays: readonly NumberArray[], values: readonly Value[]): Value[] {
  return arrays.map(({ shape }, i) => reshape(at(values, i), shape))
}

export interface LayerBatch {
  /** Further inputs of a computation. */
  readonly arrays: readonly NumberArray[]
  /** The two steps of the layer, of the values that a computation is given for `arrays`. */
  readonly stepsOf: (values: readonly Value[]) => { mask: StepOf<Value>; update: StepOf<Value> }
  /** Rows of the layer below, of the masks, and of the update. */
  readonly rowCounts: readonly [number, number, number]
}

/** A graph as one layer sees it. */
export function layerBatch(graph: GraphArrays, plan: FoldPlan = unfolded): LayerBatch {
  const batch = makeBatch(foldGraphs([graph], plan), Int32Array.of(0), { layers: 1 })
  const arrays: NumberArray[] = []
  const places = mapBatch(batchArrays(batch, 'sum'), (array) => arrays.push(array) - 1)
  const [mask, update] = batch.steps
  return {
    arrays,
    stepsOf: (values) => {
      const { steps } = mapBatch(places, (i) => at(values, i))
      return { mask: at(steps, 0), update: at(steps, 1) }
    },
    rowCounts: [batch.rowCount, mask?.rowCount ?? 0, update?.rowCount ?? 0],
  }
}

/** Three stages: each step of a layer has rows of its own. */
export const folded: FoldPlan = { rounds: 2, stageCount: 3 }
