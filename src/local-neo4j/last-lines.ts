const linesShown = 12

/** The last lines of a program's output, indented, for the end of an error message. */
export function lastLines(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  return lines
    .slice(-linesShown)
    .map((line) => `  ${line}`)
    .join('\n')
}
