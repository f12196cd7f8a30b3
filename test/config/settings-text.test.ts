import { describe, expect, it } from 'vitest'
import { modelSchema, trainingSchema } from '../../src/config/model-schema.ts'
import { settingsOf, settingsText } from '../../src/config/settings-text.ts'

describe('settingsOf()', () => {
  it('reads what settingsText() wrote', () => {
    const model = modelSchema.parse({ modelName: 'cases', hidden: 8 })
    const training = trainingSchema.parse({ epochs: 7 })
    expect(settingsOf(settingsText(model, training))).toEqual({ model, training })
  })

  it.each([undefined, 7, 'no JSON', '{}', '{"model":{"hidden":"many"},"training":{}}'])(
    'takes %j for no settings',
    (text) => {
      expect(settingsOf(text)).toBeNull()
    },
  )
})
