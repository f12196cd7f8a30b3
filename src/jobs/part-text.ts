/** What processes tell each other about parts, as text: JSON, in which an INTEGER of the database is an object. */

export function partText(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? { [bigintKey]: `${item}` } : item))
}

/** What this very program wrote with {@link partText}, and so is not checked again. */
export function partOfText<T>(text: string): T {
  const value: T = JSON.parse(text, (_key, item) =>
    typeof item === 'object' && item !== null && bigintKey in item ? BigInt(item[bigintKey]) : item,
  )
  return value
}

const bigintKey = '$integer'
