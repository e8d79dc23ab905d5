import { CANNOT, inProcessOf } from '../../mocks/kit/transports/in-process.ts'
import { startEcho } from './echo.ts'
import { transportSuite } from './shared.ts'

const inProcess = inProcessOf<'echo'>(startEcho)

transportSuite('msw', async () => {
  const suite = await inProcess({ complain() {} })
  return { suite, url: 'http://echo-service:8199', [Symbol.asyncDispose]: () => suite.stop() }
}, [
  { reason: CANNOT.headerOrder, tests: ['headers go out in uvicorn’s order, in lower case'] },
  { reason: CANNOT.getWithBody, tests: ['a GET may even send a body'] },
])
