/**
 * Seeded random numbers: xoshiro128** 1.1 by Blackman and Vigna (https://prng.di.unimi.it), its 128-bit state filled by
 * splitmix32 (the finalizer of MurmurHash3 over a Weyl sequence). The same seed gives the same numbers on every machine.
 */

/** The four 32-bit words of the generator: enough to go on from where it stood. */
export type RandomState = readonly [number, number, number, number]

export interface Random {
  /** Integer in [0, 2^32). */
  nextUint32(): number
  /** Number in [0, 1), a multiple of 2^-32. */
  nextFloat(): number
  /** Integer in [0, bound), each equally likely; `bound` in 1..2^32. */
  nextBelow(bound: number): number
  /** The state to resume from with {@link resumeRandom}. */
  state(): RandomState
}

/**
 * A generator of its own for each `stream` of a seed ("split", "weights", "batches"), so that drawing more numbers for
 * one purpose changes nothing in the others.
 */
export function createRandom(seed: number, stream: string): Random {
  let weyl = seed >>> 0
  for (let i = 0; i < stream.length; i++) weyl = mix(weyl ^ stream.charCodeAt(i))
  const next = () => {
    weyl = (weyl + 0x9e3779b9) >>> 0
    return mix(weyl)
  }
  return resumeRandom([next(), next(), next(), next() | 1]) // the last bit keeps the state from being all zero
}

/** The generator that continues after `state`. */
export function resumeRandom(state: RandomState): Random {
  let [a, b, c, d] = state
  const nextUint32 = () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return result
  }
  return {
    nextUint32,
    nextFloat: () => nextUint32() / 2 ** 32,
    nextBelow: (bound) => {
      const unbiased = 2 ** 32 - (2 ** 32 % bound) // numbers from here on would favour small results
      let drawn = nextUint32()
      while (drawn >= unbiased) drawn = nextUint32()
      return drawn % bound
    },
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  }
}

/** A copy of `items` in random order (Fisher-Yates). */
export function shuffled<T extends NonNullable<unknown>>(items: readonly T[], random: Random): T[] {
  const result = [...items]
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.nextBelow(i + 1)
    const [here, there] = [result[i], result[j]]
    if (here === undefined || there === undefined) break
    result[i] = there
    result[j] = here
  }
  return result
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
