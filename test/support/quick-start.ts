/** For servers that live as long as a test: no time spent on optimising what runs once, or on verifying released classes. */
export const quickStart = {
  heapMegabytes: 1024,
  jvmArguments: [
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    '-Xms768m',
    '-XX:+UnlockDiagnosticVMOptions',
    '-XX:-BytecodeVerificationRemote',
  ],
} as const
