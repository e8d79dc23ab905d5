import type { ServerResponse } from 'node:http'
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import { control } from '../../../contracts/control.ts'
import type { Operation } from '../../../contracts/kit/contract.ts'
import { createRouter } from '../../../contracts/kit/match.ts'
import { BODY_LIMIT, type WireReply, type WireRequest } from '../../../contracts/kit/message.ts'
import type { Problem } from '../../../contracts/kit/problem.ts'
import { answer, failed, refuse } from './answer.ts'
import { follow } from './follow.ts'
import { checkPlace, checkToken, type Gate } from './guard.ts'
import { type Answered, handlersOf } from './handlers.ts'
import type { Subject } from './subject.ts'

/** The control API on Express: the one place that knows of it. */
export function createApp(subject: Subject, gate: Gate): Express {
  const app = express()
  app.disable('x-powered-by').enable('case sensitive routing').enable('strict routing').set('query parser', false)
  app.use(guarded(({ headers, socket }) => checkPlace({ host: headers.host, origin: headers.origin, localAddress: socket.localAddress }, gate)))
  mount(app, subject, ({ details }) => details().auth === false)
  app.use(guarded(({ headers }) => checkToken(headers.authorization, gate)))
  mount(app, subject, ({ details }) => details().auth !== false)
  app.use(lost)
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    if (response.headersSent) response.destroy()
    else send(response, failed(error, `control ${request.method} ${request.path}`, subject.complain))
  })
  return app
}

function guarded(check: (request: Request) => Problem | undefined): RequestHandler {
  return (request, response, next) => {
    const problem = check(request)
    if (problem === undefined) next()
    else send(response, refuse(problem))
  }
}

function mount(app: Express, subject: Subject, wanted: (operation: Operation) => boolean): void {
  const body = express.raw({ type: () => true, limit: BODY_LIMIT })
  const handlers = handlersOf(subject)
  for (const [name, operation] of Object.entries(control.operations).filter(([, operation]) => wanted(operation))) {
    const method = operation.method.toLowerCase() as Lowercase<Operation['method']>
    app[method](operation.path, body, (request, response, next) => {
      const match = { name, operation, params: request.params as Record<string, string> }
      // Express takes a HEAD for a GET: a stream without a body would never end.
      if (name === 'followEvents' && request.method === 'HEAD') return next()
      const reply =
        name === 'followEvents'
          ? follow(subject, match, wire(request), response)
          : answer(match, wire(request), handlers[name as Answered] as Parameters<typeof answer>[2], subject.complain)
      if (reply === undefined) return
      const sent = operation.method === 'GET' ? reply : turned(subject, reply)
      if (sent instanceof Promise) sent.then((late) => send(response, late)).catch(next)
      else send(response, sent)
    })
  }
}

/** Ports that what was asked has shut or opened are so when its asker hears of it: the next thing may be to knock there. */
async function turned({ suite }: Subject, reply: WireReply | Promise<WireReply>): Promise<WireReply> {
  const answered = await reply
  await Promise.all(suite.lanes.map(({ shutters }) => shutters.settled()))
  return answered
}

const router = createRouter(control)

/** No operation took it: perhaps another method would have. */
const lost: RequestHandler = (request, response) => {
  const match = router.match(request.method, request.path)
  send(response, refuse('kind' in match ? match : { kind: 'unknown-operation' }))
}

const EMPTY = Buffer.alloc(0)

function wire(request: Request): WireRequest {
  return {
    method: request.method,
    target: request.originalUrl,
    rawHeaders: request.rawHeaders,
    body: Buffer.isBuffer(request.body) ? request.body : EMPTY,
    tooLarge: false,
    gone: request.destroyed,
  }
}

function send(response: ServerResponse, { status, headers, body }: WireReply): void {
  response.writeHead(status, headers)
  response.end(body)
}
