/** A name in the configuration: text that is not empty. */
import { z } from 'zod'

/** @param what what it is the name of, for the message */
export const name = (what: string) => z.string().min(1, `${what} must not be empty`)
