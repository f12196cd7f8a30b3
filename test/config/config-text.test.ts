import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { configText } from '../../src/config/config-text.ts'

const settings = {
  projection: { name: 'cases', nodeLabels: ['Account', 'Konto 2'] },
  featureProperties: [{ property: 'kind', encoding: 'oneHot' }],
  targetProperty: 'suspicious',
}

describe('configText()', () => {
  it('explains keys by the words of the schema, and adds notes and suggestions', () => {
    expect(
      configText(settings, {
        header: ['Two lines', 'of header'],
        notes: { 'projection.name': ['as you like'] },
        suggestions: [
          {
            before: 'targetProperty',
            settings: { relationshipFeatureProperties: [{ property: 'amount', encoding: 'none' }] },
            note: 'euros',
          },
        ],
      }),
    ).toBe(`# Two lines
# of header

# Which graphs there are, and how they are read
projection:
  # Name of the projection; part of index and catalog names
  # as you like
  name: cases
  # Labels of the members; a member has at least one of them
  nodeLabels: [ Account, Konto 2 ]
# Member properties that the model reads; encoding oneHot, standardize, none or auto: text and booleans oneHot, numbers standardize
featureProperties:
  - { property: kind, encoding: oneHot }
# Relationship properties that an edge network reads; encodings as in featureProperties
# euros
# relationshipFeatureProperties:
#   - { property: amount, encoding: none }

# Graph node property to learn and predict: a class, or a number; graphs without it are scored only
targetProperty: suspicious
`)
  })

  it('keeps names in comments, whatever is in them', () => {
    const name = 'a\nneo4j: { uri: bolt://elsewhere }\r\u2028# "x'
    const text = configText({ targetProperty: name }, { header: [name], notes: { targetProperty: [name] } })
    expect(parse(text)).toEqual({ targetProperty: name })
  })
})
