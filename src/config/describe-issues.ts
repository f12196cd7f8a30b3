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

/** What was parsed, and by what. */
export interface Parsed {
  readonly schema: z.ZodType
  readonly value: unknown
}

/** All problems; an unknown key comes with the known one that is most like it. */
export function describeIssues({ issues }: z.ZodError, parsed: Parsed, words: IssueWords): string {
  return issues.flatMap((issue) => describeIssue(issue, parsed, words)).join('; ')
}

function describeIssue(issue: z.core.$ZodIssue, parsed: Parsed, words: IssueWords): string[] {
  const path = issue.path.map(String)
  const at = path.length === 0 ? words.whole : `${path.join('.')}: `
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(parsed, path)
    return issue.keys.map((key) => `unknown ${words.key} ${[...path, key].join('.')}${didYouMean(key, known)}`)
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().find((error) => error.path.length > 0 || error.code === 'unrecognized_keys')
    if (inner !== undefined) return describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, parsed, words)
  }
  return [`${at}${issue.message.replace(/^Invalid input: /, '')}`]
}

/** Keys that the schema has at a path, for suggestions. */
function knownKeys({ schema, value }: Parsed, path: readonly string[]): string[] {
  let part: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  let at = value
  for (const key of path) {
    at = entryOf(at, key)
    part = branchFor(at, entryOf(entryOf(part, 'properties'), key))
  }
  return Object.keys(recordOf(entryOf(part, 'properties')))
}

/** Of a part that has one form for each kind, the form of the value's kind. */
function branchFor(value: unknown, part: unknown): unknown {
  const branches = entryOf(part, 'oneOf')
  if (!Array.isArray(branches)) return part
  return branches.find((branch) => {
    const kind = entryOf(entryOf(branch, 'properties'), 'kind')
    return entryOf(kind, 'const') === (entryOf(value, 'kind') ?? entryOf(kind, 'default'))
  })
}

function entryOf(record: unknown, key: string): unknown {
  return recordOf(record)[key]
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
