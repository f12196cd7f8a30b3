import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import type { TfjsNodePackage } from './installed-package.ts'
import { runCommand } from './run-command.ts'
import { installScriptEnvironment, sizeOf } from './staged-package.ts'

const STALL_MILLIS = 60_000

const constantsSchema = z.object({ LIBTENSORFLOW_VERSION: z.string() })

/** The TensorFlow version that tfjs-node's own installer downloads. */
export function downloadedTensorflowVersion(tfjsNode: TfjsNodePackage): string {
  const require = createRequire(import.meta.url)
  return constantsSchema.parse(require(join(tfjsNode.directory, 'scripts', 'deps-constants.js'))).LIBTENSORFLOW_VERSION
}

/**
 * Runs tfjs-node's own installer in a staged copy of the package. It has no time limit of its own, so it is ended when
 * nothing arrives any more.
 */
export async function downloadNativeBackend(staged: TfjsNodePackage, signal: AbortSignal | undefined): Promise<void> {
  await runCommand(process.execPath, [join('scripts', 'install.js')], {
    cwd: staged.directory,
    env: installScriptEnvironment(staged),
    signal,
    stall: { millis: STALL_MILLIS, measureProgress: () => sizeOf(staged.directory) },
  })
}
