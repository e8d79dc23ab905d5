/** Headers that are about one connection, not about what is said over it (RFC 9110, 7.6.1). `expect` was answered by our own server. */
const OF_A_CONNECTION = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Flat pairs without those that are about one connection, all others in their order and case. */
export function withoutHopByHop(headers: readonly string[]): string[] {
  const named = namedByConnection(headers)
  const passed: string[] = []
  for (let at = 0; at < headers.length; at += 2) {
    const name = (headers[at] as string).toLowerCase()
    if (!OF_A_CONNECTION.has(name) && !named.includes(name)) passed.push(headers[at] as string, headers[at + 1] as string)
  }
  return passed
}

/** The same, as they are sent to a host: its name stands where the client has put ours, or first. */
export function addressedTo(host: string, headers: readonly string[]): string[] {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
  return at === -1 ? ['host', host, ...headers] : headers.with(at + 1, host)
}

/** A sender may declare more of them in `Connection`; what says where a body ends is not the sender's to take away. */
function namedByConnection(headers: readonly string[]): string[] {
  const named = headers.flatMap((name, at) =>
    at % 2 === 0 && name.toLowerCase() === 'connection' ? (headers[at + 1] as string).split(',').map((one) => one.trim().toLowerCase()) : [],
  )
  return named.filter((name) => name !== 'content-length' && name !== 'host')
}
