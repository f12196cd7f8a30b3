/** neo4j.conf and the Java command line of the local Neo4j. */
import type { Installation } from './install.ts'
import type { Instance } from './instance.ts'
import { loopback } from './ports.ts'

export interface MemoryOptions {
  /** Java heap in MiB. Default: 1024 */
  readonly heapMegabytes?: number | undefined
  /** Page cache in MiB. Default: 256 */
  readonly pageCacheMegabytes?: number | undefined
}

const defaultHeapMegabytes = 1024
const defaultPageCacheMegabytes = 256
const firstJavaThatAsksForNativeAccess = 24

/** The settings as the server reads them (Neo4j Operations Manual, configuration settings). */
export function serverConfiguration(port: number, { pageCacheMegabytes = defaultPageCacheMegabytes }: MemoryOptions) {
  const address = `${loopback}:${port}`
  return [
    '# Written at every start; changes made here are lost.',
    'server.bolt.enabled=true',
    `server.bolt.listen_address=${address}`,
    `server.bolt.advertised_address=${address}`,
    'server.http.enabled=false',
    'server.https.enabled=false',
    'dbms.security.auth_enabled=true',
    'dbms.usage_report.enabled=false',
    `server.memory.pagecache.size=${pageCacheMegabytes}m`,
    'db.tx_log.preallocate=false',
    // The default keeps all logs of two days, and a sync of a million nodes writes a gigabyte: nothing here reads them again.
    'db.tx_log.rotation.retention_policy=512M size',
    // Stopping would otherwise wait ten seconds for connections that may still come.
    'internal.dbms.bolt.netty_server_shutdown_quiet_period=0',
    // A setting that a later release has dropped is no reason not to start.
    'server.config.strict_validation.enabled=false',
    '',
  ].join('\n')
}

/** Arguments of `java`. The password is not among them: the launcher reads it from its file. */
export function javaArguments(
  { classPath, java }: Installation,
  { directory }: Instance,
  { heapMegabytes = defaultHeapMegabytes }: MemoryOptions,
  extra: readonly string[],
): readonly string[] {
  return [
    `-Xmx${heapMegabytes}m`,
    '-XX:+ExitOnOutOfMemoryError',
    '-Djdk.nio.maxCachedBufferSize=1024',
    '-Dlog4j2.disable.jmx=true',
    // The page cache and Netty reach into these (neo4j.conf of the server distribution).
    '--add-opens=java.base/java.nio=ALL-UNNAMED',
    '--add-opens=java.base/java.io=ALL-UNNAMED',
    '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
    ...(java.major >= firstJavaThatAsksForNativeAccess ? ['--enable-native-access=ALL-UNNAMED'] : []),
    ...extra,
    '-cp',
    classPath,
    'Launcher',
    directory,
  ]
}
