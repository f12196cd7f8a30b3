import { SmgError } from '../../../src/errors.ts'

export interface Refusal {
  /** What the `smg` command ends with. */
  readonly exitCode: number
  readonly message: string
}

/** The error that `work` ends with; throws where it succeeds, or fails with an error that nobody expects. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work
  } catch (thrown) {
    if (thrown instanceof SmgError) return { exitCode: thrown.exitCode, message: thrown.message }
    throw thrown
  }
  throw new Error('expected a refusal, but it was done')
}
