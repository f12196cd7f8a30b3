/** The rows of a file that has one row for each row of another file, such as NAME_edge_labels.txt beside NAME_A.txt. */
import { SourceDataError } from '../errors.ts'
import type { NumberRows } from './number-rows.ts'

const noValues: readonly number[] = []

/** Moves in step with the other file. Where the data set has no such file, every row is empty. */
export class CompanionRows {
  private readonly rows: NumberRows | undefined
  private readonly each: string
  private count = 0

  /** @param each what one row stands for, such as "line of MUTAG_A.txt" */
  constructor(rows: NumberRows | undefined, each: string) {
    this.rows = rows
    this.each = each
  }

  /** Values of the current row, overwritten by the next. */
  get row(): readonly number[] {
    return this.rows?.row ?? noValues
  }

  /** @throws SourceDataError where the file ends too early. Answers at once while it can, as {@link NumberRows.next} */
  next(): true | Promise<true> {
    this.count++
    const more = this.rows?.next() ?? true
    return more === true ? true : this.checked(more)
  }

  /** @throws SourceDataError where rows are left */
  async finish(): Promise<void> {
    if (this.rows === undefined || !(await this.rows.next())) return
    throw this.wrongCount(` (${this.count}), got more`)
  }

  async close(): Promise<void> {
    await this.rows?.close()
  }

  private async checked(more: boolean | Promise<boolean>): Promise<true> {
    if (await more) return true
    throw this.wrongCount(`, got only ${this.count - 1}`)
  }

  private wrongCount(got: string): SourceDataError {
    return new SourceDataError(`Cannot read ${this.rows?.file}: expected one row for each ${this.each}${got}`)
  }
}
