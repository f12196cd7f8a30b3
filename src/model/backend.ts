import { createRequire } from 'node:module'
import { endianness } from 'node:os'
import { dirname } from 'node:path'
import util from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { messageOf, SmgError } from '../errors.ts'
import { findTfjsNodePackage, isNativeBackendInPlace } from './native-backend/installed-package.ts'

const require = createRequire(import.meta.url)

/** The TensorFlow.js backend that tensors live on from here on. */
export interface Backend {
  /** The same instance that every other module gets from `import * as tf from '@tensorflow/tfjs-core'`. */
  readonly tf: typeof tf
  readonly name: 'tensorflow' | 'wasm' | 'cpu'
  /** One plain sentence to show when another than the native backend serves. */
  readonly warning?: string
}

export interface BackendOptions {
  /** Left out: native, or on a platform for which there is no native library at all, `wasm` or else `cpu`. */
  readonly backend?: 'native' | 'wasm' | 'cpu'
}

/**
 * Loads TensorFlow.js and makes the wanted backend the current one. May be called any number of times.
 *
 * @throws SmgError when the native or the WebAssembly backend is wanted and is not in place, or does not load.
 */
export async function loadBackend(options: BackendOptions = {}): Promise<Backend> {
  if (options.backend === 'cpu') return loadCpuBackend('the pure-JavaScript backend was asked for')
  if (options.backend === 'wasm') return loadWasmBackend('WebAssembly was asked for')
  if (options.backend === undefined && !platformsWithNativeLibrary.has(`${process.platform}-${process.arch}`)) {
    return loadWasmOrCpuBackend(`there is no native TensorFlow library for ${process.platform} on ${process.arch}`)
  }
  return loadNativeBackend()
}

/** The platforms that tfjs-node's own installer has libraries for. */
const platformsWithNativeLibrary: ReadonlySet<string> = new Set([
  'linux-x64',
  'linux-arm64',
  'darwin-x64',
  'darwin-arm64',
  'win32-x64',
])

async function loadNativeBackend(): Promise<Backend> {
  const tfjsNode = findTfjsNodePackage()
  if (!isNativeBackendInPlace(tfjsNode)) {
    throw new SmgError(
      `Cannot load the native TensorFlow backend: expected its library at ${tfjsNode.addonFile}, got nothing; run \`smg setup\``,
    )
  }
  quietTensorFlowLog()
  useOneThreadPerOperation()
  useSameKernelsEverywhere()
  restoreRemovedUtilFunctions()
  try {
    await import('@tensorflow/tfjs-node')
  } catch (cause) {
    const reason = messageOf(cause).split('\n', 1)[0]
    throw new SmgError(`Cannot load the native TensorFlow backend: ${reason}; run \`smg setup\``, { cause })
  }
  await useBackend('tensorflow')
  return { tf, name: 'tensorflow' }
}

async function loadWasmOrCpuBackend(reason: string): Promise<Backend> {
  try {
    return await loadWasmBackend(reason)
  } catch (cause) {
    return loadCpuBackend(`${reason}, and WebAssembly does not run (${messageOf(cause)})`)
  }
}

async function loadWasmBackend(reason: string): Promise<Backend> {
  starting ??= startWasm()
  await starting
  await useBackend('wasm')
  return { tf, name: 'wasm', warning: `TensorFlow.js runs in WebAssembly, slower than the native backend: ${reason}` }
}

/** tfjs fails when it is asked for WebAssembly while that is still starting. */
let starting: Promise<void> | undefined

/** In Node, tfjs takes its files for one thread. */
async function startWasm(): Promise<void> {
  refuseUnfitPlatform()
  // Development mode writes about failures, on stderr, that are thrown as well.
  tf.enableProdMode()
  try {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
    setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`)
  } catch (cause) {
    throw new SmgError(`Cannot load the WebAssembly backend: ${messageOf(cause).split('\n', 1)[0]}`, { cause })
  }
  await withoutNewErrorHandlers(() => useBackend('wasm'))
}

/** Without WebAssembly, Emscripten writes to stderr; with bytes in the other order, tfjs computes nonsense. */
function refuseUnfitPlatform(): void {
  if (!('WebAssembly' in globalThis))
    throw new SmgError('Cannot load the WebAssembly backend: expected WebAssembly in Node, got none')
  if (endianness() !== 'LE')
    throw new SmgError('Cannot load the WebAssembly backend: expected a little-endian processor, got a big-endian one')
}

/** Emscripten adds handlers that throw again what they get: an uncaught error would end the process with code 7, not 1. */
async function withoutNewErrorHandlers(action: () => Promise<void>): Promise<void> {
  const [exceptions, rejections] = [process.listeners('uncaughtException'), process.listeners('unhandledRejection')]
  try {
    await action()
  } finally {
    for (const listener of process.listeners('uncaughtException'))
      if (!exceptions.includes(listener)) process.off('uncaughtException', listener)
    for (const listener of process.listeners('unhandledRejection'))
      if (!rejections.includes(listener)) process.off('unhandledRejection', listener)
  }
}

async function loadCpuBackend(reason: string): Promise<Backend> {
  // Development mode advises to install tfjs-node, on stderr.
  tf.enableProdMode()
  await import('@tensorflow/tfjs-backend-cpu')
  await useBackend('cpu')
  return {
    tf,
    name: 'cpu',
    warning: `TensorFlow.js runs in pure JavaScript, many times slower than the native backend: ${reason}`,
  }
}

async function useBackend(name: Backend['name']): Promise<void> {
  if (!(await tf.setBackend(name))) throw new SmgError(`Cannot start the TensorFlow.js backend "${name}"`)
}

/** TensorFlow's C++ side writes notices about CPU features and oneDNN to stderr; errors (level 2) still show. */
function quietTensorFlowLog(): void {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
}

/** Small graphs make small operations: splitting one between threads costs more than it gains (MUTAG: 0.17 s an epoch, not 0.23). */
function useOneThreadPerOperation(): void {
  process.env['TF_NUM_INTRAOP_THREADS'] ??= '1'
}

/**
 * oneDNN's kernels, which TensorFlow takes on some processors only, round in other ways, and hold 70 MB more; they were up to
 * 1.2 times as fast on graphs without equal nodes, and no faster on others.
 */
function useSameKernelsEverywhere(): void {
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '0'
}

/**
 * tfjs-node 4.22 calls `util.isArray` and `util.isNullOrUndefined`, which warn from Node 22 on and are gone from Node 23 on.
 * (https://nodejs.org/api/deprecations.html, DEP0044 and DEP0051)
 */
export function restoreRemovedUtilFunctions(target: object = util): void {
  Object.assign(target, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
  })
}
