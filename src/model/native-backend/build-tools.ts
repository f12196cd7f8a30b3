import { InterruptedError, SmgError } from '../../errors.ts'
import { runCommand } from './run-command.ts'

export interface FoundBuildTools {
  readonly python: boolean
  readonly pip: boolean
  readonly compiler: boolean
  readonly make: boolean
}

/** One sentence per tool that building the native backend needs and that was not found, saying how to get it. */
export function missingBuildTools(found: FoundBuildTools): readonly string[] {
  const missing: string[] = []
  if (!found.python) {
    missing.push(
      'Python 3 is missing: install it with "apt install python3 python3-pip" or from https://www.python.org.',
    )
  } else if (!found.pip) {
    missing.push(
      'The pip module of Python 3 is missing: install it with "apt install python3-pip" or "python3 -m ensurepip".',
    )
  }
  if (!found.compiler) missing.push('A C++ compiler is missing: install one with "apt install g++".')
  if (!found.make) missing.push('make is missing: install it with "apt install make".')
  return missing
}

/**
 * Looks for what building the native backend needs before anything is downloaded.
 *
 * @throws SmgError with one sentence per missing tool.
 */
export async function findBuildTools(signal: AbortSignal | undefined): Promise<{ readonly python: string }> {
  const python = 'python3'
  const missing = missingBuildTools({
    python: await runs(python, ['--version'], signal),
    pip: await runs(python, ['-m', 'pip', '--version'], signal),
    compiler: await runs(process.env['CXX'] ?? 'g++', ['--version'], signal),
    make: await runs('make', ['--version'], signal),
  })
  if (missing.length > 0) throw new SmgError(`Cannot build the native backend: ${missing.join(' ')}`)
  return { python }
}

async function runs(command: string, args: readonly string[], signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await runCommand(command, args, { signal })
    return true
  } catch (thrown) {
    if (thrown instanceof InterruptedError) throw thrown
    return false
  }
}
