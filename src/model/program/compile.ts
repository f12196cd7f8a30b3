/**
 * Makes a computation over tensors ready to be run many times. Where TensorFlow is there, the computation is recorded as one
 * graph: a run of it is one call, which computes independent parts side by side on all cores, frees every tensor after its
 * last use and adds, masks and rectifies in place. Called one by one from JavaScript, the same operations took three times
 * as long. Elsewhere they run one by one.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { messageOf, SmgError } from '../../errors.ts'
import { isTensor, type Value } from '../ops.ts'
import { scoped } from '../scoped.ts'
import type { NumberArray } from '../step.ts'
import { createGraphBuilder, GraphValue } from './graph-builder.ts'
import { savedModelBytes, savedModelTag } from './graph-def.ts'

export interface Program {
  /** The outputs' numbers. Inputs must not change meanwhile. */
  run(inputs: readonly NumberArray[]): Float32Array[]
  /** Frees what the program holds. */
  dispose(): void
}

/** Must do the same whatever the numbers are; only the first side of inputs and values may differ between runs. */
export type Computation = (inputs: readonly Value[]) => readonly Value[]

/** `example`: inputs as a run will have them. */
export function compile(computation: Computation, example: readonly NumberArray[]): Program {
  const backend: unknown = tf.backend()
  return isNativeBackend(backend) ? compileGraph(computation, example, backend) : compileEager(computation)
}

function compileEager(computation: Computation): Program {
  return {
    run(inputs) {
      const { outputs } = scoped(() => ({ outputs: computation(inputs.map(tensorOf)) }))
      const numbers = outputs.map((output) => {
        if (!isTensor(output)) throw new TypeError('Cannot run a program: expected tensors, got values of a graph')
        return output.dataSync<'float32'>()
      })
      tf.dispose(outputs.filter(isTensor))
      return numbers
    },
    dispose: () => undefined,
  }
}

function tensorOf({ values, shape }: NumberArray): tf.Tensor {
  return tf.engine().makeTensor(values, [...shape], typeOf(values))
}

function typeOf(values: Float32Array | Int32Array): 'float32' | 'int32' {
  return values instanceof Int32Array ? 'int32' : 'float32'
}

function compileGraph(computation: Computation, example: readonly NumberArray[], { binding }: NativeBackend): Program {
  const builder = createGraphBuilder()
  const inputs = example.map(({ values, shape }) =>
    builder.placeholder(
      typeOf(values),
      shape.map((size, i) => (i === 0 ? -1 : size)),
    ),
  )
  const outputs = computation(inputs).map((output) => {
    if (output instanceof GraphValue) return output.name
    throw new TypeError('Cannot compile a program: expected values of its graph, got a tensor')
  })
  const model = loadGraph(savedModelBytes(builder.nodes), binding)
  const inputNames = inputs.map(({ name }) => name).join()
  const outputNames = outputs.join()
  return {
    run(arrays) {
      const ids = arrays.map(({ values, shape }) =>
        binding.createTensor(shape, values instanceof Int32Array ? binding.TF_INT32 : binding.TF_FLOAT, values),
      )
      try {
        return binding.runSavedModel(model, ids, inputNames, outputNames).map(({ id }) => {
          const numbers = binding.tensorDataSync(id)
          binding.deleteTensor(id)
          return numbers
        })
      } finally {
        for (const id of ids) binding.deleteTensor(id)
      }
    },
    dispose: () => binding.deleteSavedModel(model),
  }
}

/** TensorFlow reads graphs from folders only. */
function loadGraph(bytes: Uint8Array, binding: NativeBackend['binding']): number {
  const folder = temporaryFolder()
  try {
    writeFileSync(join(folder, 'saved_model.pb'), bytes)
    return binding.loadSavedModel(folder, savedModelTag)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @throws SmgError if there is none to be had */
function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'smg-graph-'))
  } catch (cause) {
    throw new SmgError(
      `Cannot compile the network: expected a writable temporary folder, got ${tmpdir()} (${messageOf(cause)}); set TMPDIR to one that is`,
      { cause },
    )
  }
}

/** What is used of tfjs-node's backend class, which only the backend module may import. */
interface NativeBackend {
  readonly binding: {
    readonly TF_FLOAT: number
    readonly TF_INT32: number
    createTensor(shape: readonly number[], type: number, values: Float32Array | Int32Array): number
    deleteTensor(id: number): void
    tensorDataSync(id: number): Float32Array
    loadSavedModel(folder: string, tags: string): number
    deleteSavedModel(id: number): void
    /** Names are joined by commas. */
    runSavedModel(
      id: number,
      inputs: readonly number[],
      inputNames: string,
      outputNames: string,
    ): { readonly id: number }[]
  }
}

function isNativeBackend(backend: unknown): backend is NativeBackend {
  return typeof backend === 'object' && backend !== null && 'binding' in backend && 'executeSingleOutput' in backend
}
