/** "Payment case" becomes payment-case; a name without letters and digits becomes graphs. */
export function projectionName(label: string): string {
  const name = label
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  return name === '' ? 'graphs' : name
}
