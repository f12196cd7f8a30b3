import { ConfigError } from '../../errors.ts'

/** @throws ConfigError where a request does not say it */
export function wordOf(query: URLSearchParams, name: string): string {
  const word = query.get(name)
  if (word === null) throw new ConfigError(`Cannot answer: expected ${name}, got none`)
  return word
}
