import { cp, readdir, stat, symlink } from 'node:fs/promises'
import { delimiter, dirname, join, relative, sep } from 'node:path'
import { describeTfjsNodePackage, type TfjsNodePackage } from './installed-package.ts'

const nativeFolders: ReadonlySet<string> = new Set(['deps', 'lib', 'build'])

/**
 * Copies tfjs-node without its native files into `directory`, able to find its dependencies, so that installers that write
 * into their own package (and rewrite its package.json meanwhile) never touch the installed one.
 */
export async function stagePackage(tfjsNode: TfjsNodePackage, directory: string): Promise<TfjsNodePackage> {
  const target = join(directory, 'package')
  await cp(tfjsNode.directory, target, {
    recursive: true,
    filter: (source) => !nativeFolders.has(relative(tfjsNode.directory, source).split(sep)[0] ?? ''),
  })
  await symlink(modulesDirectory(tfjsNode), join(directory, 'node_modules'), 'junction')
  return describeTfjsNodePackage(target)
}

/** The node_modules folder that `@tensorflow/tfjs-node` stands in. */
export function modulesDirectory(tfjsNode: TfjsNodePackage): string {
  return dirname(dirname(tfjsNode.directory))
}

/** The environment in which npm would run an install script of the package: the running Node and the packages' commands first. */
export function installScriptEnvironment(tfjsNode: TfjsNodePackage): NodeJS.ProcessEnv {
  const path = [join(modulesDirectory(tfjsNode), '.bin'), dirname(process.execPath), process.env['PATH'] ?? '']
  return { ...process.env, PATH: path.join(delimiter) }
}

/** Total size of the files under `directory`, in bytes. */
export async function sizeOf(directory: string): Promise<number> {
  const sizes = await Promise.all(
    (await readdir(directory, { recursive: true })).map((name) =>
      stat(join(directory, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
