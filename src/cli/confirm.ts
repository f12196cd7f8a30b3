/** A question before what cannot be undone. */
import { createInterface } from 'node:readline/promises'
import { ConfigError } from '../errors.ts'

/** @throws ConfigError where nobody can answer, or the answer is no. */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new ConfigError('Cannot ask for confirmation: expected a terminal; add --yes')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} [y/N] `).finally(() => terminal.close())
  if (!/^y(es)?$/i.test(answer.trim())) throw new ConfigError('Nothing removed')
}
