/** Says in words what does not fit a schema. */
import { z } from 'zod'
import { didYouMean } from './nearest.ts'

/** What messages call what was parsed. */
export interface IssueWords {
  /** Before a problem of the whole, such as "the file: ". */
  readonly whole: string
  /** Such as "key". */
  readonly key: string
}

/** All problems; an unknown key comes with the known one that is most like it. */
export function describeIssues({ issues }: z.ZodError, schema: z.ZodType, words: IssueWords): string {
  return issues.flatMap((issue) => describeIssue(issue, schema, words)).join('; ')
}

function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType, words: IssueWords): string[] {
  const path = issue.path.map(String)
  const at = path.length === 0 ? words.whole : `${path.join('.')}: `
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path)
    return issue.keys.map((key) => `unknown ${words.key} ${[...path, key].join('.')}${didYouMean(key, known)}`)
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().find((error) => error.path.length > 0 || error.code === 'unrecognized_keys')
    if (inner !== undefined) return describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, schema, words)
  }
  return [`${at}${issue.message.replace(/^Invalid input: /, '')}`]
}

/** Keys that the schema has at a path, for suggestions. */
function knownKeys(schema: z.ZodType, path: readonly string[]): string[] {
  let part: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  for (const key of path) part = propertiesOf(part)[key]
  return Object.keys(propertiesOf(part))
}

function propertiesOf(part: unknown): Record<string, unknown> {
  if (typeof part !== 'object' || part === null || !('properties' in part)) return {}
  return { ...(part.properties ?? {}) }
}
