import type { HarCookie } from './har.ts'

/** What `Cookie` headers say, one by one. */
export function cookiesSent(headers: readonly string[]): HarCookie[] {
  return valuesOf(headers, 'cookie').flatMap((value) => value.split(';').flatMap(pairOf))
}

/** What `Set-Cookie` headers say, with those attributes that HAR has. */
export function cookiesSet(headers: readonly string[]): HarCookie[] {
  return valuesOf(headers, 'set-cookie').flatMap((value) => {
    const [first = '', ...rest] = value.split(';')
    return pairOf(first).map((cookie) => ({ ...cookie, ...Object.assign({}, ...rest.map(attribute)) }))
  })
}

function valuesOf(headers: readonly string[], name: string): string[] {
  return headers.filter((_, at) => at % 2 === 1 && headers[at - 1]?.toLowerCase() === name)
}

function pairOf(text: string): HarCookie[] {
  const at = text.indexOf('=')
  return at < 1 ? [] : [{ name: text.slice(0, at).trim(), value: text.slice(at + 1).trim() }]
}

function attribute(text: string): Partial<HarCookie> {
  const [name = '', value = ''] = text.split(/=(.*)/s).map((part) => part.trim())
  switch (name.toLowerCase()) {
    case 'path':
      return { path: value }
    case 'domain':
      return { domain: value }
    case 'expires':
      return Number.isNaN(Date.parse(value)) ? {} : { expires: new Date(value).toISOString() }
    case 'httponly':
      return { httpOnly: true }
    case 'secure':
      return { secure: true }
    default:
      return {}
  }
}
