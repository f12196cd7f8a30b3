/**
 * The one place where a name becomes part of a Cypher text. Values are always parameters; labels, relationship types,
 * property keys and index names cannot be (dynamic labels in MATCH scan all nodes before Neo4j 2025.08).
 *
 * Source: Cypher manual, "Naming rules and recommendations": a name in backticks may hold any character, a backtick is
 * written twice.
 */
import { ConfigError } from '../errors.ts'

const longest = 1_000

/**
 * `name` in backticks, safe inside a Cypher text.
 * @throws ConfigError for an empty or overlong name, control characters, and `\u` escapes, which Cypher resolves before
 * it looks at quotes.
 */
export function quoteIdentifier(name: string): string {
  const shown = JSON.stringify(name.slice(0, 60))
  if (name.length === 0) throw new ConfigError('Cannot use an empty name as label, type or property: give it a name')
  if (name.length > longest)
    throw new ConfigError(`Cannot use the name ${shown}…: expected at most ${longest} characters, got ${name.length}`)
  if (/\p{Cc}/u.test(name))
    throw new ConfigError(`Cannot use the name ${shown}: expected no control characters; rename it`)
  if (/\\u/i.test(name)) throw new ConfigError(`Cannot use the name ${shown}: expected no \\u escape; rename it`)
  return `\`${name.replaceAll('`', '``')}\``
}

/**
 * Refuses names before any work that would otherwise be refused by the statement that comes to use them.
 * @throws ConfigError as {@link quoteIdentifier}
 */
export function requireQuotable(names: Iterable<string>): void {
  for (const name of names) quoteIdentifier(name)
}

/** Whether {@link quoteIdentifier} takes it. */
export function isQuotable(name: string): boolean {
  return name.length > 0 && name.length <= longest && !/\p{Cc}/u.test(name) && !/\\u/i.test(name)
}

/** `name` as a person would write it: in backticks only where it needs them. */
export function plainOrQuoted(name: string): string {
  const quoted = quoteIdentifier(name)
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : quoted
}
