import { createServer } from 'node:http'
import { createServer as createDoor } from 'node:net'
import { expect, test } from 'vitest'
import { openServer } from '../../mocks/kit/transports/open-server.ts'
import { startEcho } from './echo.ts'
import { transportSuite } from './shared.ts'

transportSuite('ports', async () => {
  const suite = await startEcho({ ports: 'auto', complain() {} })
  return { suite, url: suite.url('echo'), [Symbol.asyncDispose]: () => suite.stop() }
})

test('a free port is one that is free on every host', async () => {
  const server = createServer((_, reply) => reply.end())
  const squatter = createDoor()
  let taken = 0
  // Whoever takes the first port that the system offers, on the second host, just before we do.
  server.once('listening', () => {
    taken = (server.address() as { port: number }).port
    squatter.listen({ port: taken, host: '127.0.0.2', exclusive: true })
  })
  const listening = await openServer(server, ['127.0.0.1', '127.0.0.2'], 0)
  expect(listening.address.port).not.toBe(taken)
  await listening.close(0)
  await new Promise((resolve) => squatter.close(resolve))
})
