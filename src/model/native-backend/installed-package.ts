import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const require = createRequire(import.meta.url)

const manifestSchema = z.object({
  version: z.string(),
  binary: z.object({ napi_versions: z.array(z.number().int()) }),
})

/** Where `@tensorflow/tfjs-node` is installed, and which native files it will look for under the running Node. */
export interface TfjsNodePackage {
  readonly directory: string
  readonly version: string
  /** The newest Node-API version that both the package and the running Node know. */
  readonly napiVersion: number
  /** `lib/napi-vN`, the folder of the compiled addon. */
  readonly addonDirectory: string
  readonly addonFile: string
  /** `deps/lib`, the folder of the TensorFlow shared libraries; the addon finds it by a path relative to its own. */
  readonly libraryDirectory: string
}

export function findTfjsNodePackage(): TfjsNodePackage {
  const manifestFile = require.resolve('@tensorflow/tfjs-node/package.json')
  return describeTfjsNodePackage(dirname(manifestFile))
}

export function describeTfjsNodePackage(directory: string): TfjsNodePackage {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')))
  const running = Number(process.versions['napi'])
  const napiVersion = Math.max(...manifest.binary.napi_versions.filter((version) => version <= running))
  const addonDirectory = join(directory, 'lib', `napi-v${napiVersion}`)
  return {
    directory,
    version: manifest.version,
    napiVersion,
    addonDirectory,
    addonFile: join(addonDirectory, 'tfjs_binding.node'),
    libraryDirectory: join(directory, 'deps', 'lib'),
  }
}

/** The addon is put in place last, so its presence beside the library means a finished installation. */
export function isNativeBackendInPlace(tfjsNode: TfjsNodePackage): boolean {
  return (
    existsSync(tfjsNode.addonFile) && libraryNames.some((name) => existsSync(join(tfjsNode.libraryDirectory, name)))
  )
}

const libraryNames: readonly string[] = [
  'libtensorflow_framework.so.2',
  'libtensorflow_framework.2.dylib',
  'tensorflow.dll',
]
