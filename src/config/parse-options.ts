/** Door for the options of a library call: every problem is reported at once, an unknown option is a problem. */
import type { z } from 'zod'
import { ConfigError } from '../errors.ts'
import { describeIssues } from './describe-issues.ts'

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
  const problems = describeIssues(result.error, { schema, value: options }, { whole: '', key: 'option' })
  throw new ConfigError(`Cannot ${purpose}: ${problems}`, { cause: result.error })
}
