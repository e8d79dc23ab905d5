import * as z from 'zod'
import { agreedOn, conformReply } from '../../../contracts/kit/conform.ts'
import type { Refusal } from '../../../contracts/kit/problem.ts'
import { bodyless } from '../../../contracts/kit/reply.ts'
import { answer } from '../answer.ts'
import { comeAgain } from '../come-again.ts'
import { operationOf, undeclared, worded } from '../declared.ts'
import type { Exchange } from '../exchange.ts'
import { defineFault, type OptionsOf, type Target } from '../fault.ts'
import { unsendable, withHeaders } from '../headers.ts'

/** An answer of one status, whatever was asked. */
export const status = defineFault({
  summary: 'Answers with a status that the contract declares, and does no work.',
  place: 'instead',
  knownAs: { wiremock: 'status', mockserver: 'statusCode', mountebank: 'statusCode', mockttp: 'thenReply' },
  options,
  answers: ({ code }) => code,
  judge: ({ code, body, headers = {} }) => (body !== undefined && bodyless(code) ? `a ${code} has no body` : unsendable(headers)),
  check(options, target, excused) {
    if (options.body === undefined || agreedOn(target.contract, target.operation, options.code) === undefined) return undeclared(target, options.code, excused)
    return excused ? undefined : broken(options, target)
  },
  explain: ({ code, body, retry_after: seconds }) =>
    `answer ${code}${body === undefined ? '' : ' with a body of its own'}${seconds === undefined ? '' : `, retry after ${seconds} s`}`,
  inject: (options) => async (exchange) => answer(exchange, said(options, exchange)),
})

function options() {
  return {
    code: z.int('a status is a whole number').min(200, RANGE).max(599, RANGE).describe('the status'),
    body: z.json().optional().describe('what it says; in the words of the vendor when left out'),
    headers: z.record(z.string(), z.string()).optional().describe('headers of its own'),
    retry_after: z
      .int('retry_after is a whole number of seconds')
      .nonnegative('retry_after is at least 0')
      .optional()
      .describe('when to come again, in seconds'),
  }
}
const RANGE = 'a status is between 200 and 599'

type Options = OptionsOf<ReturnType<typeof options>>

/** As much of an exchange as decides what is said. */
type Asked = Pick<Exchange, 'contract' | 'operation'>

function said({ code, body, headers = {}, retry_after: seconds }: Options, asked: Asked): Refusal {
  const refusal = body === undefined ? worded(asked, code) : given(code, body, asked)
  return withHeaders(seconds === undefined ? refusal : comeAgain(refusal, seconds * 1000), headers)
}

/** A text goes out as what the contract says; anything else is JSON, whatever it says. */
function given(status: number, body: unknown, asked: Asked): Refusal {
  const operation = operationOf(asked)
  const agreed = operation && agreedOn(asked.contract, operation, status)?.contentType
  if (typeof body === 'string') return { status, body, contentType: agreed ?? 'text/plain; charset=utf-8' }
  return { status, body, contentType: agreed?.includes('json') ? agreed : 'application/json' }
}

function broken(options: Options, { contract, name, operation }: Target): string | undefined {
  const { status, body, contentType, headers = [] } = said(options, { contract, operation: name })
  const [violation] = conformReply(contract, operation, { status, contentType, headers, body })
  if (violation === undefined) return undefined
  const { part, pointer, message } = violation
  return `${contract.service}.${name} cannot say this with ${status}: ${part} ${pointer === '' ? '' : `${pointer} `}${message}; or say why with off_contract`
}
