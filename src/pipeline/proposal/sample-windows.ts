/** Where samples are taken: in windows spread over what the store lists first, so that no more than that is ever passed over. */
import type { SampleWindow } from '../../neo4j/survey-catalogue.ts'

/** Nodes or relationships that a sample reaches; passing over so many takes the server a fraction of a second. */
const reach = 200_000

/** At most `count` windows of `size` among `total`; one window where they would hold everything. */
export function sampleWindows(
  total: number,
  { count, size }: { readonly count: number; readonly size: number },
): SampleWindow[] {
  if (total <= count * size) return [{ skip: 0n, limit: BigInt(count * size) }]
  const step = Math.floor(Math.min(total, reach) / count)
  return Array.from({ length: count }, (_, i) => ({ skip: BigInt(i * step), limit: BigInt(size) }))
}
