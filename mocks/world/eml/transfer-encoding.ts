/** The most that a line of an encoded body may hold (RFC 2045 §6.7, §6.8). */
const LINE = 76

/** A text as a MIME body: quoted-printable where that stays readable, base64 where most of it is not ASCII. */
export function transferEncode(text: string): { encoding: 'quoted-printable' | 'base64'; body: string } {
  const canonical = text.replace(/\r\n|\r|\n/g, '\r\n')
  const readable = canonical.split('\r\n').map(quotedPrintable).join('\r\n')
  const compact = base64(canonical)
  return readable.length <= compact.length ? { encoding: 'quoted-printable', body: readable } : { encoding: 'base64', body: compact }
}

function quotedPrintable(line: string): string {
  const bytes = Buffer.from(line)
  const lines: string[] = []
  let current = ''
  for (const [at, byte] of bytes.entries()) {
    const last = at === bytes.length - 1
    const token = quoted(byte, last)
    // A line that goes on keeps one place for the `=` that says so.
    if (current.length + token.length > (last ? LINE : LINE - 1)) {
      lines.push(`${current}=`)
      current = ''
    }
    current += token
  }
  return [...lines, current].join('\r\n')
}

const [TAB, SPACE, TILDE, EQUALS] = [0x09, 0x20, 0x7e, 0x3d]

/** White space at the end of a line would be lost on the way. */
function quoted(byte: number, last: boolean): string {
  const blank = byte === SPACE || byte === TAB
  const literal = blank ? !last : byte > SPACE && byte <= TILDE && byte !== EQUALS
  return literal ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

function base64(text: string): string {
  return (
    Buffer.from(text)
      .toString('base64')
      .match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
  ).join('\r\n')
}
