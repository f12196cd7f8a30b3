/** Certificates of a test's own authority, made with openssl. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const openssl = promisify(execFile)

export interface Certificates {
  /** Of the authority, as NODE_EXTRA_CA_CERTS takes it. */
  readonly authorityFile: string
  /** Lines of neo4j.conf that make Bolt use the server's certificate, and nothing without it. */
  readonly settings: readonly string[]
}

/** Makes an authority, and a certificate for 127.0.0.1 (not for localhost), in `folder`. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const file = (name: string) => join(folder, name)
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const authority = ['-keyout', file('ca.key'), '-out', file('ca.crt'), '-subj', '/CN=smg test authority', '-days', '2']
  await openssl('openssl', ['req', '-x509', ...newKey, ...authority])
  const request = ['-keyout', file('private.key'), '-out', file('server.csr'), '-subj', '/CN=smg test server']
  await openssl('openssl', ['req', ...newKey, ...request])
  await writeFile(file('names'), 'subjectAltName=IP:127.0.0.1\n')
  const signing = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-CAcreateserial', '-extfile', file('names')]
  const signed = ['-in', file('server.csr'), '-out', file('public.crt'), '-days', '2']
  await openssl('openssl', ['x509', '-req', ...signed, ...signing])
  return {
    authorityFile: file('ca.crt'),
    settings: [
      'server.bolt.tls_level=REQUIRED',
      'dbms.ssl.policy.bolt.enabled=true',
      `dbms.ssl.policy.bolt.base_directory=${folder}`,
      'dbms.ssl.policy.bolt.client_auth=NONE',
    ],
  }
}
