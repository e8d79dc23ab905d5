import { contracts } from '../../contracts/services.ts'
import { startSuite } from '../../mocks/index.ts'
import { createRedactor, createRelay, openRecorder } from '../../mocks/recording.ts'
import { head } from '../contracts/recording.ts'

// A relay for the bench, in a process of its own; with a file everything that passes is redacted and recorded.
const { upstream, file } = JSON.parse(process.argv[2] ?? '{}') as { upstream: string; file?: string }
const redactor = createRedactor({ key: 'bench', contract: contracts.user })
const recorder = file === undefined ? undefined : await openRecorder({ file, head, complain: console.error })
const user = createRelay({
  contract: contracts.user,
  upstream: new URL(upstream),
  ...(recorder === undefined ? {} : { keep: (exchange) => recorder.keep(redactor.redact(exchange)) }),
})
const suite = await startSuite({ services: ['user'], ports: 'auto', backends: { user } })
process.stdout.write(`${JSON.stringify({ user: suite.url('user') })}\n`)
