/** The files in bench/figures/results. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  number: z.int(),
  dataset: z.string(),
  graphCount: z.int(),
  testGraphCount: z.int(),
  epochs: z.int(),
  bestEpoch: z.int(),
  batchSize: z.int(),
  /** What was published with, for comparison. */
  published: z.object({ epochs: z.int(), batchSize: z.int() }),
  variant: z.string(),
  testAccuracy: z.number(),
  groupedBy: z.string(),
  groups: z.array(z.object({ name: z.string(), nodeCount: z.int(), meanMasks: z.array(z.number()) })),
  measures: z.array(z.object({ name: z.string(), values: z.array(z.number()) })),
  sentence: z.string(),
})
export type StoredFigure = z.output<typeof schema>

export async function saveFigure(folder: string, figure: StoredFigure): Promise<void> {
  await writeFile(join(folder, `${figure.dataset}.json`), `${JSON.stringify(figure, null, 1)}\n`)
}

/** In the order of their numbers. */
export async function storedFigures(folder: string): Promise<StoredFigure[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'))
  const all = await Promise.all(
    files.map(async (file) => schema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')))),
  )
  return all.sort((a, b) => a.number - b.number)
}
