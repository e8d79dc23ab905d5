import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Outcome } from '../../../scenarios/kit/outcome.ts'
import type { Service } from '../service.ts'
import type { Connections } from './connections.ts'
import { perform } from './perform.ts'
import { readRequest } from './request.ts'

/**
 * A service as a request listener of `node:http`, which Express, Connect and any Node server can mount.
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
  return (message, response) => {
    const { socket } = message
    connections?.begin(socket)
    readRequest(message, (request) => {
      const finish = (outcome: Outcome) => {
        // The rest of a body that nobody wants would be taken for the next request.
        if (request.tooLarge || connections?.draining === true) response.shouldKeepAlive = false
        perform(outcome, response, socket)
        connections?.finish(socket)
      }
      const outcome = service.handle(request)
      if (outcome instanceof Promise) outcome.then(finish)
      else finish(outcome)
    })
  }
}
