import { type PathTemplate, singular } from './path-templates.ts'
import type { Sample } from './sample.ts'

/** `GET /users/:user_id/profile` is `getUserProfile`, `GET /alerts` with a list is `listAlerts`. */
export function operationName({ method, path }: PathTemplate, samples: readonly Sample[]): string {
  const segments = path
    .split('/')
    .slice(1)
    .filter((segment) => segment !== '' && segment !== 'api' && !/^v\d+$/.test(segment))
  const words = segments.flatMap((segment, at) => (segment.startsWith(':') ? [] : [segments[at + 1]?.startsWith(':') ? singular(segment) : segment]))
  const last = words.at(-1)
  if (last === undefined) return 'root'
  if (method === 'POST' && segments.at(-2)?.startsWith(':') && last === segments.at(-1) && !last.endsWith('s')) return [last, ...words.slice(0, -1)].join('-')
  const created = samples.some(({ reply }) => reply.status === 201)
  const listed = method === 'GET' && samples.some(({ reply }) => Array.isArray(reply.value))
  if (created && !segments.at(-1)?.startsWith(':')) words.splice(-1, 1, singular(last))
  return [listed ? 'list' : created && method === 'POST' ? 'create' : VERBS[method], ...words].join('-')
}

const VERBS: Readonly<Record<Sample['method'], string>> = { GET: 'get', POST: 'post', PUT: 'update', PATCH: 'update', DELETE: 'delete' }
