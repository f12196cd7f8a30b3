/** Door for the options of a library call: every problem is reported at once, an unknown option is a problem. */
import { z } from 'zod'
import { ConfigError } from '../errors.ts'
import { didYouMean } from './nearest.ts'

/**
 * @param purpose what messages say cannot be done, such as "create a model"
 * @throws ConfigError naming every option that is unknown or does not fit
 */
export function parseOptions<Schema extends z.ZodType>(
  schema: Schema,
  options: unknown,
  purpose: string,
): z.output<Schema> {
  const result = schema.safeParse(options)
  if (result.success) return result.data
  const problems = result.error.issues.flatMap((issue) => describeIssue(issue, schema))
  throw new ConfigError(`Cannot ${purpose}: ${problems.join('; ')}`, { cause: result.error })
}

function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType): string[] {
  const path = issue.path.map(String)
  const at = path.length === 0 ? '' : `${path.join('.')}: `
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path)
    return issue.keys.map((key) => `unknown option ${[...path, key].join('.')}${didYouMean(key, known)}`)
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().find((error) => error.path.length > 0 || error.code === 'unrecognized_keys')
    if (inner !== undefined) return describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, schema)
  }
  return [`${at}${issue.message.replace(/^Invalid input: /, '')}`]
}

/** Options that the schema has at a path, for suggestions. */
function knownKeys(schema: z.ZodType, path: readonly string[]): string[] {
  let part: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  for (const key of path) part = propertiesOf(part)[key]
  return Object.keys(propertiesOf(part))
}

function propertiesOf(part: unknown): Record<string, unknown> {
  if (typeof part !== 'object' || part === null || !('properties' in part)) return {}
  return { ...(part.properties ?? {}) }
}
