/** `npm run docs`: writes the pages that are made from the code. test/docs/generated.test.ts says whether they are up to date. */
import { writeFileSync } from 'node:fs'
import { generatedPages } from './docs/generated-pages.ts'

for (const { file, text } of generatedPages()) {
  writeFileSync(file, text())
  console.log(`Wrote ${file}`)
}
