/** The settings of a model and of its training as one text, the same for the same settings. */
import { modelSchema, trainingSchema } from './model-schema.ts'
import type { ModelOptions, TrainingOptions } from './schema.ts'

/** JSON, keys in the order of the schema. */
export function settingsText(model: ModelOptions, training: TrainingOptions): string {
  return JSON.stringify({ model: modelSchema.parse(model), training: trainingSchema.parse(training) })
}
