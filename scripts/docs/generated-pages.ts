/** The pages of docs/ that are made from the code. */
import { apiPage } from './api-page.ts'
import { configurationPage } from './configuration-page.ts'

export interface GeneratedPage {
  /** From the repository root. */
  readonly file: string
  readonly text: () => string
}

export function generatedPages(): readonly GeneratedPage[] {
  return [
    { file: 'docs/configuration.md', text: configurationPage },
    { file: 'docs/api.md', text: apiPage },
  ]
}
