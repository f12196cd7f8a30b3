/** Whole numbers as arguments of flags. */
import { InvalidArgumentError } from 'commander'

/** @throws InvalidArgumentError for anything but a whole number from 0 on */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('expected a whole number')
  return Number(text)
}

/** @throws InvalidArgumentError for anything but a whole number from 1 on */
export function positiveCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1 on.')
  return Number(text)
}
