/** A place on paper or screen. */
export interface Point {
  readonly x: number
  readonly y: number
}
