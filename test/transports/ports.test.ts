import { startEcho } from './echo.ts'
import { transportSuite } from './shared.ts'

transportSuite('ports', async () => {
  const suite = await startEcho({ ports: 'auto', complain() {} })
  return { suite, url: suite.url('echo'), [Symbol.asyncDispose]: () => suite.stop() }
})
