/** A number in the units of a target, for people: four significant digits, however large or small it is. */
export function shownNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
}
