/** The settings of a model and of its training as one text, the same for the same settings. */
import { z } from 'zod'
import { modelSchema, trainingSchema } from './model-schema.ts'
import type { ModelOptions, TrainingOptions } from './schema.ts'

/** JSON, keys in the order of the schema. */
export function settingsText(model: ModelOptions, training: TrainingOptions): string {
  return JSON.stringify({ model: modelSchema.parse(model), training: trainingSchema.parse(training) })
}

export interface Settings {
  readonly model: ModelOptions
  readonly training: TrainingOptions
}

const settingsSchema = z.object({ model: modelSchema, training: trainingSchema })

/** What {@link settingsText} made; `null` for what is no such text, or of a release with other settings. */
export function settingsOf(text: unknown): Settings | null {
  if (typeof text !== 'string') return null
  try {
    return settingsSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
