/** What a text of Cypher holds: the statements that end with `;`, and the unfinished rest. */
export interface SplitText {
  readonly statements: readonly string[]
  readonly rest: string
}

/** Strings, backticked names and comments, in which a `;` ends nothing; an unfinished one reaches to the end. */
const opaque =
  /'(?:\\[\s\S]|[^'\\])*(?:'|$)|"(?:\\[\s\S]|[^"\\])*(?:"|$)|`[^`]*(?:`|$)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|;/g

/** Splits Cypher at the semicolons outside strings, names and comments. Statements of nothing but comments are left out. */
export function splitStatements(text: string): SplitText {
  const statements: string[] = []
  let start = 0
  for (const { 0: match, index } of text.matchAll(opaque)) {
    if (match !== ';') continue
    statements.push(text.slice(start, index).trim())
    start = index + 1
  }
  return { statements: statements.filter((statement) => !isBlank(statement)), rest: text.slice(start) }
}

/** True for a text of nothing but blanks and whole comments. */
export function isBlank(text: string): boolean {
  return text.replaceAll(opaque, (match) => (/^\/[/*]/.test(match) ? '' : match)).trim() === ''
}
