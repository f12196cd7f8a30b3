/** results.json and RESULTS.md, made of the files in bench/reproduce/results. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const rowSchema = z.strictObject({
  dataset: z.string(),
  variant: z.string(),
  protocol: z.enum(['gin', 'nested']),
  folds: z.int(),
  mean: z.number(),
  std: z.number(),
  epoch: z.int(),
  seed: z.int(),
})
const resultSchema = z.looseObject({
  row: rowSchema,
  published: z.strictObject({ mean: z.number(), std: z.number() }).nullable(),
  folds: z.array(z.looseObject({ epochs: z.int() })),
  trainSeconds: z.number(),
})
type Result = z.output<typeof resultSchema>

/** @param folder bench/reproduce */
export async function writeTables(folder: string): Promise<void> {
  const files = (await readdir(join(folder, 'results'))).filter((file) => file.endsWith('.json')).sort()
  const results = await Promise.all(
    files.map(async (file) => resultSchema.parse(JSON.parse(await readFile(join(folder, 'results', file), 'utf8')))),
  )
  const rows = results.map(({ row }) => row)
  await writeFile(join(folder, 'results.json'), `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`)
  await writeFile(join(folder, 'RESULTS.md'), markdown(results))
}

function markdown(results: readonly Result[]): string {
  return `# Reproduction

Accuracy in %, mean ± population standard deviation over folds. Made by \`npm run bench:reproduce\` from the files in results/.
Protocol **gin** (that of the published numbers) reports the epoch with the highest mean over folds of the *test* accuracy, so it
selects on test data. Protocol **nested** chooses each fold's epoch on a validation part of its training part.

| data set | model | protocol | folds | epochs | epoch | measured | published | difference | hours |
|---|---|---|---|---|---|---|---|---|---|
${results.map(line).join('\n')}
`
}

function line({ row, published, folds, trainSeconds }: Result): string {
  const { dataset, variant, protocol, epoch, mean, std } = row
  const isComparable = published !== null && protocol === 'gin'
  const cells = [
    dataset,
    variant,
    protocol,
    row.folds,
    Math.max(...folds.map(({ epochs }) => epochs)),
    protocol === 'gin' ? epoch : `${epoch} (mean)`,
    `${mean.toFixed(1)} ± ${std.toFixed(1)}`,
    isComparable ? `${published.mean.toFixed(1)} ± ${published.std.toFixed(1)}` : '',
    isComparable ? signed(mean - published.mean) : '',
    (trainSeconds / 3600).toFixed(2),
  ]
  return `| ${cells.join(' | ')} |`
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`
}
