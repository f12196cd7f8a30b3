/** The files of a TUDataset as rows of numbers. */
import { SourceDataError, throwIfInterrupted } from '../errors.ts'
import { CompanionRows } from './companion-rows.ts'
import { NumberRows } from './number-rows.ts'
import type { SourceFile } from './source-files.ts'
import type { TuFiles, TuSuffix } from './tudataset-files.ts'

const kindOf = {
  node_labels: 'whole',
  node_attributes: 'decimal',
  edge_labels: 'whole',
  edge_attributes: 'decimal',
  graph_labels: 'whole',
  graph_attributes: 'decimal',
} as const

export class TuSource {
  readonly name: string
  private readonly files: TuFiles
  private readonly signal: AbortSignal | undefined

  constructor(files: TuFiles, signal: AbortSignal | undefined) {
    this.name = files.name
    this.files = files
    this.signal = signal
  }

  /** NAME_A.txt: one directed edge a row. */
  edgeLines(onBytes: (bytes: number) => void): NumberRows {
    return this.open(this.file('A'), 'whole', 2, onBytes)
  }

  /** Size of the text of NAME_A.txt. */
  get edgeBytes(): number {
    return this.file('A').bytes
  }

  /** NAME_graph_indicator.txt: the graph of each node. */
  graphIndicator(): NumberRows {
    return this.open(this.file('graph_indicator'), 'whole', 1)
  }

  /** A file that need not be there, read in step with the one it describes. */
  companion(suffix: keyof typeof kindOf): CompanionRows {
    const file = this.files.files.get(suffix)
    const columns = suffix === 'graph_labels' ? 1 : undefined
    const rows = file === undefined ? undefined : this.open(file, kindOf[suffix], columns)
    const [what = ''] = suffix.split('_')
    const described = what === 'edge' ? this.file('A') : this.file('graph_indicator')
    return new CompanionRows(rows, `${what === 'edge' ? 'line' : what} of ${described.file}`)
  }

  throwIfInterrupted(): void {
    throwIfInterrupted(this.signal, `reading ${this.name}`)
  }

  private file(suffix: TuSuffix): SourceFile {
    const file = this.files.files.get(suffix)
    if (file === undefined) throw new SourceDataError(`Cannot read ${this.name}_${suffix}.txt: there is no such file`)
    return file
  }

  private open(
    { file, read }: SourceFile,
    kind: 'whole' | 'decimal',
    columns: number | undefined,
    onBytes?: (bytes: number) => void,
  ): NumberRows {
    return new NumberRows(read(), { file, kind, columns, signal: this.signal, onBytes })
  }
}
