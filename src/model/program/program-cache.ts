/** Compiled programs, each made when it is first needed. */
import type { Value } from '../ops.ts'
import type { NumberArray } from '../step.ts'
import { type Computation, compile, type Program } from './compile.ts'

export interface ProgramCache {
  /** Runs `compute` on `arrays`. `form`: what it is built from; programs are the same where that is. */
  run(form: unknown, arrays: readonly NumberArray[], compute: Computation): Float32Array[]
  dispose(): void
}

export function createProgramCache(): ProgramCache {
  const compiled = new Map<string, Program>()
  return {
    run(form, arrays, compute) {
      const key = JSON.stringify(form)
      const program = compiled.get(key) ?? compile(compute, arrays)
      compiled.set(key, program)
      return program.run(arrays)
    },
    dispose() {
      for (const program of compiled.values()) program.dispose()
      compiled.clear()
    },
  }
}

/** Input i of a program. */
export function valueAt(values: readonly Value[], i: number): Value {
  const value = values[i]
  if (value === undefined) throw new RangeError(`Cannot build a program: expected input ${i} of ${values.length}`)
  return value
}
