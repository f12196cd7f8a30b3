/** An estimate as the rows of a table. */
import type { Estimate } from '../pipeline/estimate.ts'

export function estimateRows(estimate: Estimate): { estimate: string; value: string }[] {
  const { graphCount, nodeCount, relationshipCount, sampledGraphCount, scored, model } = estimate
  const training =
    model === null ? `, of which training ${times(estimate.trainMinMillis, estimate.trainMaxMillis)}` : ''
  return Object.entries({
    graphs: number(graphCount),
    nodes: number(nodeCount),
    relationships: number(relationshipCount),
    'sampled graphs': number(sampledGraphCount),
    model: model ?? 'none yet: sync trains one',
    'graphs to score': number(scored),
    'properties to write': number(estimate.nodePropertiesWritten),
    'peak memory': bytes(estimate.bytesMin, estimate.bytesMax),
    'growth of the database': bytes(estimate.storeBytesMin, estimate.storeBytesMax),
    time: times(estimate.minMillis, estimate.maxMillis) + training,
  }).map(([name, value]) => ({ estimate: name, value }))
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

function times(min: number, max: number): string {
  const unit = [
    { name: 'h', millis: 3_600_000 },
    { name: 'min', millis: 60_000 },
    { name: 's', millis: 1000 },
  ].find(({ millis }) => max >= 2 * millis) ?? { name: 's', millis: 1000 }
  return `${short(min / unit.millis)} to ${short(max / unit.millis)} ${unit.name}`
}

function bytes(min: number, max: number): string {
  const unit = max >= 2 * 2 ** 30 ? { name: 'GiB', size: 2 ** 30 } : { name: 'MiB', size: 2 ** 20 }
  return `${short(min / unit.size)} to ${short(max / unit.size)} ${unit.name}`
}

/** Two digits say all that an estimate knows. */
function short(value: number): string {
  return value >= 10 ? String(Math.round(value)) : value.toFixed(1)
}
