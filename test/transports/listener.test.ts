import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { listener } from '../../mocks/kit/transports/listener.ts'
import { startEcho } from './echo.ts'
import { transportSuite } from './shared.ts'

transportSuite('Express', async () => {
  const suite = await startEcho({ ports: 'none', complain() {} })
  const app = express().use('/echo', listener(suite.lane(0).service('echo')))
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await suite.stop()
  }
  return { suite, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/echo`, [Symbol.asyncDispose]: close }
}, [{ reason: 'Express sets a header of its own', tests: ['no framework adds a header', 'headers go out in uvicorn’s order, in lower case'] }])
