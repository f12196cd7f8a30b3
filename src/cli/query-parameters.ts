/** Parameters of a statement as `--param name=value` gives them. */
import { ConfigError } from '../errors.ts'

/**
 * Whole numbers become INTEGERs; other numbers, true, false, null and JSON are read as such; anything else is text.
 * @throws ConfigError for what is not name=value.
 */
export function parseParameters(texts: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(texts.map(parseParameter))
}

function parseParameter(text: string): [string, unknown] {
  const split = text.indexOf('=')
  if (split < 1) throw new ConfigError(`Cannot use the parameter '${text}': expected name=value`)
  return [text.slice(0, split), parseValue(text.slice(split + 1))]
}

function parseValue(text: string): unknown {
  if (/^-?[0-9]+$/.test(text)) return BigInt(text)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
