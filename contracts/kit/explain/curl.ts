import { visible } from '../visible.ts'
import type { HeaderValue, Suggestion } from './suggestion.ts'

/** The request as a command line for a POSIX shell. */
export function curlOf({ method, url, headers, body }: Suggestion): string {
  const dotted = /\/\.{1,2}(?:[/?]|$)/.test(url) ? ['--path-as-is'] : []
  const verb = method === 'GET' ? [] : [`-X ${method}`]
  const head = ['curl', ...dotted, ...verb, quoted(url)].join(' ')
  const lines = headers.map(([name, value]) => `-H ${headerText(name, value)}`)
  return [head, ...lines, ...(body === undefined ? [] : [`--data-raw ${quoted(body)}`])].join(' \\\n  ')
}

function headerText(name: string, value: HeaderValue): string {
  if ('text' in value) return quoted(visible(`${name}: ${value.text}`))
  if ('variable' in value) return `"${name}: ${value.before}$${value.variable}"`
  const login = curlOf(value.login).replace(/^curl/, 'curl -s').replaceAll(' \\\n  ', ' ')
  return `"${name}: ${value.before}$(${login} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')"`
}

/** A shell takes everything between single quotes as it stands, but single quotes. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
