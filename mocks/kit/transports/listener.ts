import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'
import type { Service } from '../service.ts'
import type { Connections } from './connections.ts'
import { KEEP_ALIVE, LINGER } from './open-server.ts'
import { perform } from './perform.ts'
import { readRequest } from './request.ts'
import { LINGERS } from './take-step.ts'

/**
 * A service, and whoever takes its post in a renewal of the suite, as a request listener of `node:http`, which Express, Connect and any Node server can mount.
 *
 * @example
 * import express from 'express'
 * import { listener, startSuite } from 'mock-suite'
 *
 * await using suite = await startSuite({ services: ['alert'], ports: 'none' })
 * const app = express()
 * app.use('/alert', listener(suite.lane(0).service('alert')))
 */
export function listener(service: Service, connections?: Connections): (message: IncomingMessage, response: ServerResponse) => void {
  const { post } = service
  return (message, response) => {
    const { socket } = message
    connections?.begin(socket)
    readRequest(message, post.service.bodyLimit, (request) => {
      const { service } = post
      const finish = (outcome: Outcome) => {
        if (connections?.isLast(socket) === true) response.shouldKeepAlive = false
        if (request.tooLarge) readOff(message, response)
        perform(outcome, response, socket, service)
        if (connections === undefined) return
        whenOver(outcome, message, response, () => connections.finish(socket))
      }
      const outcome = service.handle(request)
      if (outcome instanceof Promise) outcome.then(finish)
      else finish(outcome)
    })
  }
}

/** Once nothing more will come of it than what the socket has: of a hang at once, of an answer that waits behind others of its connection after them. */
function whenOver({ kind }: Outcome, message: IncomingMessage, response: ServerResponse, finish: () => void): void {
  if (kind !== 'reply') return finish()
  const given = response.writableEnded && response.socket !== null
  if (given && message.complete) return finish()
  if (given) return void message.once('end', finish)
  let over = false
  const once = () => {
    if (!over) finish()
    over = true
  }
  response.once('close', once).once(LINGERS, once)
}

/**
 * What is left of a body that nobody wants is read and forgotten, as long as it keeps coming: most clients write all of it before they listen,
 * and a close with unread bytes would be a reset, which takes the refusal with it.
 */
function readOff(message: IncomingMessage, response: ServerResponse): void {
  const { socket } = message
  const last = !response.shouldKeepAlive
  const go = () => void (last ? socket.destroySoon() : socket.setTimeout(KEEP_ALIVE))
  response.shouldKeepAlive = true
  message.resume()
  response.once('finish', () => {
    if (message.complete) return go()
    socket.setTimeout(LINGER)
    message.once('end', go)
  })
}
