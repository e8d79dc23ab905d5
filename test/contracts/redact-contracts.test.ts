import { expect, test } from 'vitest'
import { agreedOn, conformReply } from '../../contracts/kit/conform.ts'
import type { Contract, Example, OperationDetails } from '../../contracts/kit/contract.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { createRedactor } from '../../contracts/kit/redact.ts'
import { contracts } from '../../contracts/services.ts'

const all: readonly Contract[] = Object.values(contracts)
const examples = all.flatMap((contract) =>
  Object.entries(contract.operations).flatMap(([name, operation]) =>
    Object.entries(operation.details().examples).map(([title, example]) => ({
      id: `${contract.service}.${name}: ${title}`,
      contract,
      name,
      operation,
      example,
    })),
  ),
)

test.each(examples)('$id still keeps its contract when it is redacted', ({ contract, name, operation, example }) => {
  const agreed = agreedOn(contract, operation, example.reply.status)
  const redacted = createRedactor({ key: 'a key', contract }).redact(recorded(contract, name, example, agreed?.contentType ?? ''))
  const text = redacted.reply?.body.toString() ?? ''
  const body = agreed?.contentType === 'application/json' ? JSON.parse(text) : example.reply.body === null ? null : text
  const violations = conformReply(contract, operation, { status: example.reply.status, contentType: agreed?.contentType, headers: [], body })
  expect(violations.filter(({ part }) => part !== 'header')).toEqual([])
})

const asking = examples.flatMap((one) => {
  const { body: schema, consumes = 'json' } = one.operation.details()
  return schema !== undefined && consumes === 'json' && taken(schema, one.example) ? [{ ...one, schema }] : []
})

test.each(asking)('$id still asks what its contract takes when it is redacted', ({ contract, name, schema, example }) => {
  const redacted = createRedactor({ key: 'a key', contract }).redact(recorded(contract, name, example, 'application/json'))
  expect(schema.safeParse(JSON.parse(redacted.request.body.toString()))).toMatchObject({ success: true })
})

function taken(schema: NonNullable<OperationDetails['body']>, { body }: Example): boolean {
  return body !== undefined && schema.safeParse(body).success
}

function recorded(contract: Contract, operation: string, { params, query, body, reply }: Example, contentType: string): RecordedExchange {
  const { method, path } = contract.operations[operation] as Contract['operations'][string]
  const asked = path.replace(/:(\w+)|\*/g, (_, name) => encodeURIComponent(params?.[name ?? '*'] ?? 'some'))
  return {
    at: 0,
    milliseconds: 1,
    service: contract.service,
    operation,
    request: {
      method,
      url: `https://${contract.host}.example${asked}?${new URLSearchParams(query)}`,
      headers: ['content-type', 'application/json'],
      body: Buffer.from(body === undefined ? '' : write(body)),
    },
    reply: {
      status: reply.status,
      headers: ['content-type', contentType],
      body: Buffer.from(contentType.includes('json') ? write(reply.body) : String(reply.body)),
    },
  }
}

const write = (value: unknown): string => JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? Number(member) : member))

test('what contracts mark is gone, whatever it looks like, and what they say is no secret stays', () => {
  const { config } = contracts
  const example: Example = { params: { key: 'COLOUR' }, reply: { status: 200, body: { key: 'COLOUR', value: 'blue', secret_value: { a: ['green'], n: 12 } } } }
  const redactor = createRedactor({ key: 'a key', contract: config })
  const read = redactor.redact(recorded(config, 'getSecret', example, 'application/json')).reply?.body.toString()
  expect(read).toMatch(/^\{"key":"COLOUR","value":"Redacted_secret_[0-9a-f]{16}","secret_value":\{"a":\["Redacted_secret_[0-9a-f]{16}"\],"n":99\}\}$/)
  const list: Example = { reply: { status: 200, body: [{ secret_key: 'DB_PASSWORD', secret_type: 'other', environment: 'dev', description: '' }] } }
  expect(JSON.parse(redactor.redact(recorded(config, 'listSecrets', list, 'application/json')).reply?.body.toString() ?? '')).toEqual(list.reply.body)
})

test('the value of a setting is kept unless the setting is named like a secret', () => {
  const redactor = createRedactor({ key: 'a key', contract: contracts.config })
  const value = (key: string) => {
    const example: Example = { params: { key }, reply: { status: 200, body: { key, value: 'blue', config_value: 'blue' } } }
    return JSON.parse(redactor.redact(recorded(contracts.config, 'getConfig', example, 'application/json')).reply?.body.toString() ?? '').config_value
  }
  expect([value('THEME'), value('CACHE_TTL_SECONDS'), value('BROKER_API_KEY')]).toEqual(['blue', 'blue', expect.stringMatching(/^Redacted_secret_/)])
})
