import { type Document, isJson, type Json, jsonOf, listOf, textOf } from './document.ts'

interface Server {
  host: string
  port: number
  /** Before every path: `/api/v3`. */
  prefix: string
}

/** Where the document says that its service listens, or where such services do. */
export function serverOf(document: Document, service: string): Server {
  const [first, ...others] = listOf(document.root.servers).filter(isJson)
  const own = service.endsWith('service') ? service : `${service}-service`
  const url = first === undefined ? undefined : parsed(written(first))
  if (others.length > 0) document.note('of several servers the first is told')
  const port = Number(url?.port) || 8000
  if (!url?.port) document.note(`no port is given: ${port} stands in`)
  const host = url === undefined || url.hostname === ELSEWHERE || isLocal(url.hostname) ? own : url.hostname
  const prefix = url?.pathname.replace(/\/+$/, '') ?? ''
  if (prefix !== '') document.note(`every path begins with the server's ${prefix}`)
  return { host, port, prefix }
}

const ELSEWHERE = 'elsewhere.invalid'

/** With its variables at their defaults. */
function written({ url, variables }: Json): string {
  return String(url ?? '/').replaceAll(/\{([^{}]*)\}/g, (_, name: string) => textOf(jsonOf(jsonOf(variables)[name]).default) ?? name)
}

function parsed(url: string): URL | undefined {
  try {
    return new URL(url, `http://${ELSEWHERE}`)
  } catch {
    return undefined
  }
}

const isLocal = (host: string): boolean => /^(?:localhost|\[|127\.|0\.0\.0\.0$|\d+\.\d+\.\d+\.\d+$)/.test(host)
