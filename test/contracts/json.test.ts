import { expect, test } from 'vitest'
import { readJson, writeJson } from '../../contracts/kit/json.ts'

const read = (text: string, lossless = false) => readJson(Buffer.from(text), lossless)

test('integers of 19 digits survive where an operation wants them to', () => {
  const text = '{"signal_id":1768728600123456789,"value":21515.25,"small":7,"negative":-9007199254740993}'
  expect(read(text, true)).toEqual({ value: { signal_id: 1768728600123456789n, value: 21515.25, small: 7, negative: -9007199254740993n } })
  expect(writeJson((read(text, true) as { value: unknown }).value, true)).toBe(text)
})

test('JSON is written compact, beyond ASCII as it stands', () => {
  expect(writeJson({ a: [1, null, 'é'] }, false)).toBe('{"a":[1,null,"é"]}')
  expect(writeJson(undefined, false)).toBe('null')
})

test('what is no JSON is told with its text, what is no text without', () => {
  expect(read('{"a":')).toEqual({ problem: { kind: 'malformed-body', body: '{"a":' } })
  expect(readJson(Buffer.from([0x22, 0xff, 0x22]), false)).toEqual({ problem: { kind: 'undecodable-body' } })
})

test.each(['utf8', 'utf16le'] as const)('text in %s is recognised without a byte-order mark', (encoding) => {
  expect(readJson(Buffer.from('{"a":"é"}', encoding), false)).toEqual({ value: { a: 'é' } })
})

test('a number of one digit in UTF-16 is a whole body', () => {
  expect([readJson(Buffer.from('1', 'utf16le'), false), readJson(Buffer.from([0, 0x31]), false)]).toEqual([{ value: 1 }, { value: 1 }])
})

test('UTF-32 is read, as Python reads it', () => {
  const utf32 = Buffer.concat([...'["é"]'].map((character) => Buffer.from(Uint32Array.of(character.codePointAt(0) as number).buffer)))
  expect(readJson(utf32, false)).toEqual({ value: ['é'] })
})

test('a body nested deeper than Python would follow is refused, and brackets inside text do not count', () => {
  expect(read('['.repeat(5000) + ']'.repeat(5000))).toEqual({ problem: { kind: 'undecodable-body' } })
  expect(read('['.repeat(1500))).toEqual({ problem: { kind: 'undecodable-body' } })
  expect(read('['.repeat(900) + ']'.repeat(900))).toHaveProperty('value')
  expect(read(JSON.stringify({ text: '[{"\\'.repeat(2000) }))).toHaveProperty('value')
})
