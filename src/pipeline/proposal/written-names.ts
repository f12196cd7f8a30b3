/** Which labels, types and properties of a database are the product's own. */
import { writtenProperties } from '../../write-back/properties.ts'

const ownLabels = /^Smg[A-Z]/

export function isOwnLabel(label: string): boolean {
  return ownLabels.test(label)
}

/** Tells what scorings wrote, under any prefix: a database that has `xFingerprint` and `xScoredAt` was scored with prefix x. */
export function writtenNames(propertyKeys: readonly string[]): (property: string) => boolean {
  const known = new Set(propertyKeys)
  const prefixes = propertyKeys
    .flatMap((name) => /^([A-Za-z][A-Za-z0-9]{0,31})Fingerprint$/.exec(name)?.[1] ?? [])
    .filter((prefix) => known.has(writtenProperties(prefix).scoredAt))
  const patterns = ['smg', ...prefixes].map((prefix) => new RegExp(`^${writtenProperties(prefix).anyPattern}$`))
  return (property) => patterns.some((pattern) => pattern.test(property))
}
