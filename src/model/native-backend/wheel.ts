import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'
import { SmgError } from '../../errors.ts'
import type { TfjsNodePackage } from './installed-package.ts'
import { runCommand } from './run-command.ts'

/** The TensorFlow version of the wheel whose shared library and C headers the addon is built against. */
export const wheelTensorflowVersion = '2.18.1'

const wheelPlatforms: Readonly<Record<string, string>> = { 'linux-x64': 'manylinux2014_x86_64' }

/** The `pip --platform` tag for the running machine, where a wheel with the library exists. */
export function wheelPlatform(): string | undefined {
  return wheelPlatforms[`${process.platform}-${process.arch}`]
}

const headerFolders: readonly string[] = [
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/',
  'tensorflow/include/tsl/',
  'tensorflow/include/xla/tsl/',
]

/** Name in the wheel, and the name by which `-ltensorflow` and `-ltensorflow_framework` find it. */
const libraries: readonly { readonly name: string; readonly linkerName: string }[] = [
  { name: 'libtensorflow_cc.so.2', linkerName: 'libtensorflow.so' },
  { name: 'libtensorflow_framework.so.2', linkerName: 'libtensorflow_framework.so' },
]

/**
 * Downloads the `tensorflow-cpu` wheel with pip and unpacks its libraries into `deps/lib` and its C headers into
 * `deps/include` of the staged package. No Python code of the wheel is installed or run.
 */
export async function unpackTensorflowWheel(
  staged: TfjsNodePackage,
  python: string,
  platform: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const downloads = join(staged.directory, 'wheel')
  await runCommand(
    python,
    [
      ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--python-version', '3.11'],
      ...['--platform', platform, '--dest', downloads, `tensorflow-cpu==${wheelTensorflowVersion}`],
    ],
    { signal },
  )
  const wheel = (await readdir(downloads)).find((name) => name.endsWith('.whl'))
  if (wheel === undefined) throw new SmgError(`Cannot unpack TensorFlow: pip put no wheel into ${downloads}`)
  await unpackMembers(join(downloads, wheel), (member) => destinationOf(member, staged), signal)
  await rm(downloads, { recursive: true })
  for (const { name, linkerName } of libraries) await symlink(name, join(staged.libraryDirectory, linkerName))
}

function destinationOf(member: string, staged: TfjsNodePackage): string | undefined {
  const library = libraries.find(({ name }) => member === `tensorflow/${name}`)
  if (library !== undefined) return join(staged.libraryDirectory, library.name)
  const isHeader = member.endsWith('.h') && headerFolders.some((folder) => member.startsWith(folder))
  return isHeader ? join(staged.directory, 'deps', member.slice('tensorflow/'.length)) : undefined
}

async function unpackMembers(
  file: string,
  destination: (member: string) => string | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const zip = await openPromise(file)
  for await (const entry of zip.eachEntry()) {
    const target = destination(entry.fileName)
    if (target === undefined) continue
    await mkdir(dirname(target), { recursive: true })
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target), { signal })
  }
}
