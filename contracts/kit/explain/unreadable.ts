/** What was meant by bytes that are no HTTP, where that can be told. */
export function unreadable(bytes: Buffer): string {
  if (bytes[0] === 0x16 && bytes[1] === 0x03) return 'the bytes are TLS: ask for http://, not https://'
  return bytes.toString('latin1').startsWith('PRI * HTTP/2') ? 'the bytes are HTTP/2: ask with HTTP/1.1' : 'the bytes are no HTTP'
}
