import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Service } from '../service.ts'
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
export function listener(service: Service): (message: IncomingMessage, response: ServerResponse) => void {
  return (message, response) => {
    readRequest(message, (request) => {
      // The rest of a body that nobody wants would be taken for the next request.
      if (request.tooLarge) response.shouldKeepAlive = false
      const outcome = service.handle(request)
      if (outcome instanceof Promise) outcome.then((settled) => perform(settled, response))
      else perform(outcome, response)
    })
  }
}
