import { setFlagsFromString } from 'node:v8'

/**
 * By itself V8 collects garbage of long life only once the heap has grown to some multiple of what is in use. Collecting after it has
 * grown by half costs no time that could be measured, and keeps the memory of a sync the same whether it is of a hundred
 * thousand nodes or of a million: 450 MB instead of 500 and 600 (bench/results/sync.json).
 */
export function limitHeapGrowth(): void {
  setFlagsFromString('--heap-growing-percent=50')
}
