import type { Asked } from './asked.ts'
import { pathVariables } from './path-template.ts'
import { CaselessMap, Told } from './value.ts'

/** The `request` of a template. Most templates ask for one member or two, so each is made when it is asked for. */
export function requestModel(request: Asked, urlPathTemplate?: string): object {
  return {
    get id() {
      return request.ids.uuid()
    },
    get url() {
      return request.url
    },
    get path() {
      return pathOf(request, urlPathTemplate)
    },
    get pathSegments() {
      return pathOf(request, urlPathTemplate)
    },
    get query() {
      return severals(request.query, new Map())
    },
    get headers() {
      return severals(request.headers, new CaselessMap())
    },
    get cookies() {
      return severals(request.cookies, new Map())
    },
    // A text of its own kind: `eq` takes it for no text, as WireMock's does.
    get method() {
      return new Told(request.method, [], { value: request.method })
    },
    get scheme() {
      return 'http'
    },
    get host() {
      return authority(request).hostname
    },
    get port() {
      return authority(request).port || '80'
    },
    get baseUrl() {
      return authority(request).origin
    },
    get clientIp() {
      return '127.0.0.1'
    },
    get body() {
      return request.body
    },
    get bodyAsBase64() {
      return request.bytes.toString('base64')
    },
  }
}

/** With a template as it was sent, without one unescaped: WireMock has it so. */
function pathOf({ path }: Asked, urlPathTemplate?: string): Told {
  const text = urlPathTemplate === undefined ? unescaped(path) : path
  const segments = text.split('/').filter((segment) => segment !== '')
  return new Told(text, segments, (urlPathTemplate === undefined ? undefined : pathVariables(urlPathTemplate, path)) ?? {})
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function severals(values: ReadonlyMap<string, readonly string[]>, into: Map<string, unknown>): Map<string, unknown> {
  for (const [name, all] of values) into.set(name, new Told(all[0] ?? '', all))
  return into
}

/** Who the client thinks it asks. */
function authority(request: Asked): URL {
  const host = request.header('host')[0] ?? ''
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : new URL('http://localhost')
}
