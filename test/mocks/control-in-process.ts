import { control } from '../../contracts/control.ts'
import { createRouter } from '../../contracts/kit/match.ts'
import type { WireReply } from '../../contracts/kit/message.ts'
import { answer } from '../../mocks/kit/control/answer.ts'
import { type Answered, handlersOf } from '../../mocks/kit/control/handlers.ts'
import type { Subject } from '../../mocks/kit/control/subject.ts'
import type { Suite } from '../../mocks/kit/suite.ts'
import { eml } from '../../mocks/world/eml.ts'

const router = createRouter(control)

/** The control API of a suite without a socket and without Express: what it answers, status and body. */
export function controlOf(suite: Suite, options: Partial<Subject> = {}) {
  const complaints: string[] = []
  const subject: Subject = {
    suite,
    strictAuth: false,
    startedAt: '2026-01-17T09:15:30.000Z',
    instance: undefined,
    inbox: { table: 'messages', eml },
    ready: () => true,
    readers: new Set(),
    complain: (message) => void complaints.push(message),
    ...options,
  }
  const handlers = handlersOf(subject)

  function send(method: string, target: string, body?: unknown, type = 'application/json') {
    const match = router.match(method, target.split('?')[0] as string)
    if ('kind' in match) throw new Error(`${method} ${target}: ${match.kind}`)
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
    const request = { method, target, rawHeaders: type === '' ? [] : ['content-type', type], body: Buffer.from(text), tooLarge: false, gone: false }
    return answer(match, request, handlers[match.name as Answered] as Parameters<typeof answer>[2], subject.complain)
  }

  function told(reply: WireReply) {
    const contentType = reply.headers[reply.headers.indexOf('content-type') + 1]
    return { status: reply.status, type: contentType, body: contentType?.endsWith('json') ? JSON.parse(String(reply.body)) : String(reply.body) }
  }

  function ask(...words: Parameters<typeof send>) {
    const reply = send(...words)
    if (reply instanceof Promise) throw new Error(`${words[0]} ${words[1]} is answered later`)
    return told(reply)
  }

  return {
    complaints,
    /** For what may be answered later. */
    later: async (...words: Parameters<typeof send>) => told(await send(...words)),
    get: (target: string) => ask('GET', target),
    post: (target: string, body?: unknown, type?: string) => ask('POST', target, body, type),
    put: (target: string, body: unknown) => ask('PUT', target, body),
    delete: (target: string) => ask('DELETE', target),
  }
}
