import { expect, test } from 'vitest'
import { allOf, apiKey, authenticate, lenient } from '../../contracts/kit/auth.ts'

const key = (name: string) => apiKey({ header: `X-${name}`, secret: name })
const both = lenient(allOf(key('First'), key('Second')))

test.each([
  ['none', {}, undefined],
  ['the first alone', { 'X-First': 'right' }, undefined],
  ['a wrong one beside a missing one', { 'X-Second': 'wrong' }, 'Invalid API key'],
  ['a wrong one beside a right one', { 'X-First': 'right', 'X-Second': 'wrong' }, 'Invalid API key'],
] as [string, Record<string, string>, string | undefined][])('where missing credentials pass, of two that are wanted %s', (_, headers, refused) => {
  const problem = authenticate(both, { header: (name) => headers[name], secret: () => 'right', verify: undefined, strict: false })
  expect(problem).toEqual(refused === undefined ? undefined : { kind: 'unauthorized', detail: refused })
})
