import { readdir, readFile, readlink } from 'node:fs/promises'

/** State LISTEN in /proc/net/tcp (include/net/tcp_states.h). */
const listening = '0A'
const hexDigitsOfWord = 8

/** Addresses that a process listens on for TCP, from /proc (Linux), as "127.0.0.1:7687". */
export async function listeningAddresses(pid: number): Promise<readonly string[]> {
  const links = await Promise.all(
    (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
  )
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8')))
  return tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === listening && links.includes(`socket:[${fields[9]}]`))
    .map((fields) => formatAddress(fields[1] ?? ''))
}

/** "0100007F:1E07" is 127.0.0.1:7687; IPv6 has four such words, the last one an IPv4 address when the third is FFFF0000. */
function formatAddress(text: string): string {
  const [address = '', port = ''] = text.split(':')
  const isIpv4 = address.length === hexDigitsOfWord || address.startsWith('0000000000000000FFFF0000')
  const bytes = address.slice(-hexDigitsOfWord).match(/../g) ?? []
  const host = isIpv4
    ? bytes
        .reverse()
        .map((byte) => Number.parseInt(byte, 16))
        .join('.')
    : `[${address}]`
  return `${host}:${Number.parseInt(port, 16)}`
}
