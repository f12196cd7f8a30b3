/** Why there is no connection to a server, and what to do: nobody listens, or certificates and encryption do not fit. */

/** The sentence for what the driver threw when it could not connect to `uri`, or lost the connection. */
export function noConnection(thrown: Error, uri: string, isConnecting: boolean): string {
  const reasons = reasonsOf(thrown)
  const reason = reasons.at(-1) ?? thrown.message
  const scheme = uri.split('+', 1)[0]?.split(':', 1)[0] ?? 'neo4j'
  const distrust = reasons.map((text) => /Socket responded with: (\w+)/.exec(text)?.[1]).find((code) => code)
  if (distrust !== undefined) return `Cannot trust the server at ${uri}: ${certificateProblem(distrust, scheme)}`
  if (/before secure TLS connection|EPROTO|wrong version number/.test(reason))
    return `Cannot reach Neo4j at ${uri}: the server there does not encrypt (${firstSentence(reason)}); use ${scheme}://, or set server.bolt.tls_level there`
  const mayNeedEncryption = isConnecting && !uri.includes('+') && /closed by server/.test(reason)
  const advice = mayNeedEncryption ? `, or use ${scheme}+s:// if it takes encrypted connections only` : ''
  return `Cannot reach Neo4j at ${uri}: no server answers; start it, or check address and port${advice} (${firstSentence(reason)})`
}

/** `code` is OpenSSL's or Node's word for it. */
function certificateProblem(code: string, scheme: string): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is for another host name (${code}); use the name that it was made for`
  if (code === 'CERT_HAS_EXPIRED') return `its certificate has expired (${code}); renew it there`
  return `its certificate is not signed by an authority that is known here (${code}); name the file of that authority's certificate in NODE_EXTRA_CA_CERTS, or use ${scheme}+ssc:// to encrypt without this check`
}

/** What was thrown, and what lies behind it: the driver names the first cause last. */
function reasonsOf(thrown: Error): string[] {
  const own = /Caused by: (.+)/s.exec(thrown.message)?.[1] ?? thrown.message
  return thrown.cause instanceof Error ? [own, ...reasonsOf(thrown.cause)] : [own]
}

function firstSentence(text: string): string {
  return text.split(/\.\s|\n/)[0] ?? text
}
