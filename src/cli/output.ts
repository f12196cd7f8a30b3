/** What commands print: lines and tables for people, one JSON document for programs, progress on stderr. */
import { Presets, SingleBar } from 'cli-progress'
import Table from 'cli-table3'

export interface Progress {
  /** `detail` is shown beside the bar, such as "loss 0.31". */
  update(done: number, total: number, detail?: string): void
  /** Harmless when repeated. */
  stop(): void
}

export interface Output {
  /** True with `--json`: nothing but {@link Output.json} goes to stdout. */
  readonly isJson: boolean
  /** A line of the result; dropped with `--quiet` or `--json`. */
  line(text?: string): void
  /** A note beside the result, on stderr; dropped with `--quiet`. */
  note(text: string): void
  /** A table of the result; dropped with `--json`. */
  table(rows: readonly Readonly<Record<string, unknown>>[], columns?: readonly string[]): void
  /** The result as one JSON document; dropped without `--json`. */
  json(value: unknown): void
  /** A bar with time remaining on a terminal, one line per step elsewhere, nothing with `--quiet`. */
  progress(label: string): Progress
}

export interface OutputOptions {
  readonly json?: boolean | undefined
  readonly quiet?: boolean | undefined
}

const silent: Progress = { update: () => undefined, stop: () => undefined }

export function createOutput({ json = false, quiet = false }: OutputOptions): Output {
  return {
    isJson: json,
    line: (text = '') => {
      if (!json && !quiet) console.log(text)
    },
    note: (text) => {
      if (!quiet) console.error(text)
    },
    table: (rows, columns = Object.keys(rows[0] ?? {})) => {
      if (!json && columns.length > 0) console.log(renderTable(rows, columns))
    },
    json: (value) => {
      if (json) console.log(JSON.stringify(value, jsonSafe, 2))
    },
    progress: (label) => (quiet ? silent : process.stderr.isTTY ? barProgress(label) : lineProgress(label)),
  }
}

/** Plain-text table; numbers to four digits, lists shortened. */
export function renderTable(rows: readonly Readonly<Record<string, unknown>>[], columns: readonly string[]): string {
  const table = new Table({ head: [...columns], style: { head: [], border: [], compact: true } })
  for (const row of rows) table.push(columns.map((column) => cellText(row[column])))
  return table.toString()
}

const listItemsShown = 6

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' && !Number.isInteger(value)) return value.toFixed(4)
  if (Array.isArray(value)) {
    const items = value.slice(0, listItemsShown).map(cellText)
    return `[${items.join(', ')}${value.length > listItemsShown ? `, … ${value.length}` : ''}]`
  }
  if (typeof value === 'object') return JSON.stringify(value, jsonSafe)
  return String(value)
}

/** Integers beyond 2^53 as text, typed arrays as lists. */
function jsonSafe(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  return value instanceof Float32Array ? Array.from(value) : value
}

function barProgress(label: string): Progress {
  const format = `${label.padEnd(9)} {bar} {percentage}% · {value}/{total} · {eta_formatted} left {detail}`
  const bar = new SingleBar(
    { format, hideCursor: true, clearOnComplete: false, etaBuffer: 50, stream: process.stderr },
    Presets.shades_classic,
  )
  let started = false
  return {
    update: (done, total, detail = '') => {
      if (started) bar.setTotal(total)
      else bar.start(total, 0, { detail })
      started = true
      bar.update(done, { detail })
    },
    stop: () => {
      if (started) bar.stop()
      started = false
    },
  }
}

function lineProgress(label: string): Progress {
  let last: string | undefined
  return {
    update: (done, total, detail = '') => {
      last = `${label}: ${done} of ${total} ${detail}`.trimEnd()
    },
    stop: () => {
      if (last !== undefined) console.error(last)
      last = undefined
    },
  }
}
