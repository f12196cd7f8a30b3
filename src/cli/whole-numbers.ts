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

/** @throws InvalidArgumentError for what is no number of a port; 0 is for any that is free */
export function portNumber(text: string): number {
  const port = wholeNumber(text)
  if (port > 65_535) throw new InvalidArgumentError('expected a port, 0 to 65535')
  return port
}
