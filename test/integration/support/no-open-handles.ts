/** Runs with every integration test: after its last hook, no connection, server or child process may be left open. */
import { afterAll, expect, vi } from 'vitest'

/** Names of libuv's handles, as Node reports them. */
const handles = new Set(['TCPSocketWrap', 'TCPServerWrap', 'ProcessWrap'])

// Hooks run as a stack: this one, registered before those of the file, comes after them.
afterAll(async () => {
  // A socket that was closed is reported until the other side has answered.
  await vi.waitFor(() => expect(process.getActiveResourcesInfo().filter((name) => handles.has(name))).toEqual([]), {
    timeout: 10_000,
  })
})
