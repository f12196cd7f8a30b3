import { existsSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { SmgError } from '../../errors.ts'
import { findBuildTools } from './build-tools.ts'
import type { TfjsNodePackage } from './installed-package.ts'
import { addQuietLog } from './quiet-log.ts'
import { runCommand } from './run-command.ts'
import { installScriptEnvironment } from './staged-package.ts'
import { unpackTensorflowWheel, wheelPlatform, wheelTensorflowVersion } from './wheel.ts'

/**
 * Builds the addon of a staged tfjs-node for the newest Node-API version of the running Node, against the TensorFlow library
 * of the `tensorflow-cpu` wheel. The addon then loads in every later Node, as Node-API promises.
 * (https://nodejs.org/api/n-api.html, "Implications of ABI stability")
 *
 * @throws SmgError when there is no wheel for this machine, a build tool is missing, or a step fails.
 */
export async function buildNativeBackend(
  staged: TfjsNodePackage,
  log: (message: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const platform = wheelPlatform()
  if (platform === undefined) {
    throw new SmgError(
      `Cannot build the native backend: expected linux on x64, got ${process.platform} on ${process.arch}`,
    )
  }
  const { python } = await findBuildTools(signal)
  log(`Downloading the TensorFlow ${wheelTensorflowVersion} library (230 MB)`)
  await unpackTensorflowWheel(staged, python, platform, signal)
  log('Building the native backend')
  await addQuietLog(staged)
  await rm(staged.addonDirectory, { recursive: true, force: true })
  const nodeDirectory = findNodeHeaders()
  await runCommand(
    process.execPath,
    [
      ...[findNodePreGyp(staged), 'install', '--build-from-source'],
      ...(nodeDirectory === undefined ? [] : [`--nodedir=${nodeDirectory}`]),
    ],
    { cwd: staged.directory, env: { ...installScriptEnvironment(staged), ...nodeGypVariable() }, signal },
  )
}

function findNodePreGyp(staged: TfjsNodePackage): string {
  const require = createRequire(join(staged.directory, 'package.json'))
  return join(dirname(require.resolve('@mapbox/node-pre-gyp/package.json')), 'bin', 'node-pre-gyp')
}

/**
 * The prefix that has Node's C headers: that of the running Node, else of another one on the path, which does as well since
 * the addon uses Node-API only. Where there is none, node-gyp downloads them.
 */
function findNodeHeaders(): string | undefined {
  return commandFolders()
    .map((folder) => dirname(folder))
    .find((prefix) => existsSync(join(prefix, 'include', 'node', 'node_api.h')))
}

/** node-pre-gyp finds the node-gyp that npm brings only beside the running Node; elsewhere npm names it in this variable. */
function nodeGypVariable(): NodeJS.ProcessEnv {
  if (process.env['npm_config_node_gyp'] !== undefined) return {}
  const nodeGyp = commandFolders()
    .map((folder) => join(folder, 'npm'))
    .filter((npm) => existsSync(npm))
    .map((npm) => join(dirname(dirname(realpathSync(npm))), 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'))
    .find((file) => existsSync(file))
  return nodeGyp === undefined ? {} : { npm_config_node_gyp: nodeGyp }
}

function commandFolders(): readonly string[] {
  return [dirname(process.execPath), ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')]
}
