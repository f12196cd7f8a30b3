/** Builds the page of the viewer, src/viewer/page, into dist/viewer: one script, with the script of its worker in it, and one style. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './run.mjs'

const source = join(root, 'src', 'viewer', 'page')
const target = join(root, 'dist', 'viewer')

/**
 * @param {string} file
 * @param {Record<string, string>} [define]
 */
async function bundle(file, define = {}) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(source, file)],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    target: 'es2022',
    tsconfig: join(source, 'tsconfig.json'),
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"', ...define },
  })
  const [output] = outputFiles
  if (output === undefined) throw new Error(`Cannot build ${file}: esbuild gave nothing`)
  // In a page, these would end the element that the text is in.
  const text = output.text.replaceAll('</script', '<\\/script').replaceAll('</style', '<\\/style')
  return { text, packages: packagesOf(Object.keys(metafile.inputs)) }
}

/**
 * Of files that were bundled: the packages they are from.
 *
 * @param {readonly string[]} files
 */
function packagesOf(files) {
  return files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])
}

/**
 * Their licences ask for it to come along, also with a page that is sent to somebody.
 *
 * @param {readonly string[]} packages
 */
function licences(packages) {
  const notices = [...new Set(packages)].sort().map((name) => {
    const folder = join(root, 'node_modules', name)
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const file = ['LICENSE', 'LICENSE.txt', 'LICENSE.md'].map((entry) => join(folder, entry)).find(existsSync)
    if (file === undefined) throw new Error(`Cannot build the page: ${name} has no licence beside it`)
    return `${name} ${version} (${license})\n\n${readFileSync(file, 'utf8').trim().replaceAll('*/', '* /')}`
  })
  return `\n/*! This page contains:\n\n${notices.join('\n\n')}\n*/\n`
}

const worker = await bundle('layout-worker.ts')
const script = await bundle('main.ts', { layoutWorkerScript: JSON.stringify(worker.text) })
const style = await bundle('page.css')
mkdirSync(target, { recursive: true })
writeFileSync(join(target, 'page.js'), script.text + licences([...worker.packages, ...script.packages]))
writeFileSync(join(target, 'page.css'), style.text)
