/** A value that parts of the page share, and are told of when it changes. */
export interface Store<T> {
  readonly get: () => T
  /** Sets some of it; nobody is told where nothing changes. */
  readonly set: (change: Partial<T>) => void
  /** Tells `listener` now and after each change; returns how to end that. */
  readonly watch: (listener: (value: T) => void) => () => void
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<(value: T) => void>()
  return {
    get: () => value,
    set: (change) => {
      const next = { ...value, ...change }
      if (Object.entries(next).every(([name, entry]) => Object.is(entry, Reflect.get(value, name)))) return
      value = next
      for (const listener of listeners) listener(value)
    },
    watch: (listener) => {
      listeners.add(listener)
      listener(value)
      return () => listeners.delete(listener)
    },
  }
}
