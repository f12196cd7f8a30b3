/** Builds the page of the viewer, src/viewer/page, into dist/viewer: one script, with the script of its worker in it, and one style. */
import { mkdirSync, writeFileSync } from 'node:fs'
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
  const { outputFiles } = await build({
    entryPoints: [join(source, file)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    tsconfig: join(source, 'tsconfig.json'),
    legalComments: 'eof',
    define: { 'process.env.NODE_ENV': '"production"', ...define },
  })
  const [output] = outputFiles
  if (output === undefined) throw new Error(`Cannot build ${file}: esbuild gave nothing`)
  // In a page, these would end the element that the text is in.
  return output.text.replaceAll('</script', '<\\/script').replaceAll('</style', '<\\/style')
}

const worker = await bundle('layout-worker.ts')
const script = await bundle('main.ts', { layoutWorkerScript: JSON.stringify(worker) })
const style = await bundle('page.css')
mkdirSync(target, { recursive: true })
writeFileSync(join(target, 'page.js'), script)
writeFileSync(join(target, 'page.css'), style)
