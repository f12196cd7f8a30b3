/**
 * Edges of a data set, sorted by graph in bounded memory: edge lines may come in any order, so they are spooled into one
 * temporary file for each range of graphs (a bucket), and each bucket is then settled and read alone.
 */
import { appendFileSync } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EdgeRecords, edgeRecords, type NodeRange, type SettledEdges, settleEdges } from './edge-records.ts'

const BUFFERED_BYTES = 64 * 1024

/** The next records of one bucket, not yet in its file. */
interface Pending {
  readonly records: EdgeRecords
  count: number
}

export class EdgeSpool {
  private readonly folder: string
  private readonly slots: number
  private readonly pending = new Map<number, Pending>()

  /** @param folder an empty folder; the caller removes it. @param valueCount labels and attributes of an edge */
  constructor(folder: string, valueCount: number) {
    this.folder = folder
    this.slots = 1 + valueCount
  }

  add(bucket: number, source: number, target: number, labels: readonly number[], attributes: readonly number[]): void {
    const pending = this.pending.get(bucket) ?? this.startBucket(bucket)
    const { records } = pending
    let slot = pending.count * this.slots
    records.ends[2 * slot] = source
    records.ends[2 * slot + 1] = target
    for (const label of labels) records.values[++slot] = label
    for (const attribute of attributes) records.values[++slot] = attribute
    pending.count++
    if (pending.count === records.count) this.write(bucket, pending)
  }

  /** Sorts one bucket for good. Call once for each bucket, after the last {@link add}. */
  async settle(bucket: number, range: NodeRange): Promise<SettledEdges> {
    const pending = this.pending.get(bucket)
    if (pending !== undefined) this.write(bucket, pending)
    this.pending.delete(bucket)
    const settled = settleEdges(await this.read(bucket), range)
    await writeFile(this.pathOf(bucket), settled.records.values)
    return settled
  }

  /** The records of a bucket; after {@link settle} in order. */
  async read(bucket: number): Promise<EdgeRecords> {
    const file = await open(this.pathOf(bucket), 'a+')
    try {
      const { size } = await file.stat()
      const bytes = new Uint8Array(new ArrayBuffer(size))
      for (let at = 0; at < size; ) {
        const { bytesRead } = await file.read(bytes, at, Math.min(size - at, 2 ** 30), at)
        if (bytesRead === 0)
          throw new RangeError(`Cannot read ${this.pathOf(bucket)}: expected ${size} bytes, got ${at}`)
        at += bytesRead
      }
      return edgeRecords(bytes.buffer, this.slots)
    } finally {
      await file.close()
    }
  }

  private startBucket(bucket: number): Pending {
    const recordBytes = 8 * this.slots
    const buffer = new ArrayBuffer(Math.max(1, Math.floor(BUFFERED_BYTES / recordBytes)) * recordBytes)
    const pending = { records: edgeRecords(buffer, this.slots), count: 0 }
    this.pending.set(bucket, pending)
    return pending
  }

  /** Synchronous: it happens once in thousands of lines, inside a loop that must not wait for each line. */
  private write(bucket: number, pending: Pending): void {
    appendFileSync(this.pathOf(bucket), new Uint8Array(pending.records.ends.buffer, 0, pending.count * this.slots * 8))
    pending.count = 0
  }

  private pathOf(bucket: number): string {
    return join(this.folder, `bucket-${bucket}`)
  }
}
