import { expect, test } from 'vitest'
import { alert } from '../../contracts/alert.ts'
import { config } from '../../contracts/config.ts'
import { Clock } from '../../scenarios/kit/clock.ts'
import { Director } from '../../scenarios/kit/director.ts'
import type { Exchange } from '../../scenarios/kit/exchange.ts'
import type { ScenarioInput } from '../../scenarios/kit/scenario.ts'
import { script } from './script.ts'

type Rule = NonNullable<ScenarioInput['rules']>[number]

/** A stage with a director and a clock that stands still; `strikes` asks so many times and tells which were struck. */
function stage() {
  const clock = new Clock('2026-01-17T09:15:30Z')
  const shut = new Set<string>()
  const door = (service: string, closes: boolean) => void (closes ? shut.add(service) : shut.delete(service))
  const director = new Director({ seed: 42, lane: 0, clock, contracts: [config, alert], door })
  const ask = (asked: Partial<Request> = {}) => director.select(exchange(clock, asked))
  const strikes = (times: number, asked?: Partial<Request>) => Array.from({ length: times }, () => ask(asked).length > 0)
  return { clock, director, shut, ask, strikes, play: (...rules: Rule[]) => director.play(script({ rules })) }
}

interface Request {
  contract: typeof config | typeof alert
  operation: string | undefined
  direction: 'in' | 'out'
  method: string
  target: string
  headers: Record<string, string>
  body: unknown
}

function exchange(clock: Clock, asked: Partial<Request>): Exchange {
  const { contract = config, direction = 'in', method = 'GET', target = '/health', headers = {}, body } = asked
  const operation = 'operation' in asked ? asked.operation : 'health'
  const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const request = { method, target, rawHeaders: Object.entries(headers).flat(), body: bytes, tooLarge: false, gone: false }
  return { request, contract, operation, direction, clock, sleep: () => Promise.resolve() }
}

const reset = [{ fault: 'reset' as const }]
const late = (ms: number) => [{ fault: 'latency' as const, ms }]
const [YES, NO] = [true, false]

test('nothing plays, nothing is struck', () => {
  const { strikes, director } = stage()
  expect(strikes(3)).toEqual([NO, NO, NO])
  expect(director.playing).toEqual([])
})

test('`skip` lets the first pass, `times` strikes so many, then all is well', () => {
  const { play, strikes } = stage()
  play({ when: { service: 'config' }, skip: 2, times: 3, inject: reset })
  expect(strikes(8)).toEqual([NO, NO, YES, YES, YES, NO, NO, NO])
})

test('`until` ends the rule after so many matches, struck or not', () => {
  const { play, strikes } = stage()
  play({ when: { any: true }, skip: 1, until: { requests: 3 }, inject: reset })
  expect(strikes(5)).toEqual([NO, YES, YES, NO, NO])
})

test('`times` counts strikes, not matches: chance only spreads them out', () => {
  const { play, strikes } = stage()
  play({ when: { any: true }, chance: 0.3, times: 5, inject: reset })
  const struck = strikes(200)
  expect(struck.filter(Boolean)).toHaveLength(5)
  expect(struck.lastIndexOf(true)).toBeGreaterThan(4)
})

test('`chance` 0 never strikes, 1 always does, and 0.3 does about as often as it says', () => {
  const counts = [0, 0.3, 1].map((chance) => {
    const { play, strikes } = stage()
    play({ when: { any: true }, chance, inject: reset })
    return strikes(2000).filter(Boolean).length
  })
  expect([counts[0], counts[2]]).toEqual([0, 2000])
  expect(Math.abs((counts[1] as number) - 600)).toBeLessThan(75)
})

test('requests that a rule is not about leave its counters alone', () => {
  const { play, strikes } = stage()
  play({ when: { service: 'config', operation: 'health' }, skip: 1, times: 1, inject: reset })
  expect(strikes(5, { contract: alert })).not.toContain(YES)
  expect(strikes(5, { operation: 'getConfig' })).not.toContain(YES)
  expect(strikes(3)).toEqual([NO, YES, NO])
})

test('a window opens and shuts by the clock, and only what comes while it is open counts', () => {
  const { play, strikes, clock } = stage()
  play({ when: { any: true }, skip: 1, during: { after: '5s', for: '30s', every: '2m' }, inject: reset })
  expect(strikes(3)).toEqual([NO, NO, NO])
  clock.advance('5s')
  expect(strikes(3)).toEqual([NO, YES, YES])
  clock.advance('30s')
  expect(strikes(2)).toEqual([NO, NO])
  clock.advance('90s')
  expect(strikes(1)).toEqual([YES])
})

test('a ramp raises the chance, and strikes those alone that the full chance would', () => {
  const { play, strikes, clock } = stage()
  play({ when: { any: true }, during: { ramp: '100s' }, inject: reset })
  expect(strikes(100)).not.toContain(YES)
  const counts = [25, 50, 75, 100].map(() => {
    clock.advance('25s')
    return strikes(400).filter(Boolean).length
  })
  for (const [at, expected] of [100, 200, 300, 400].entries()) expect(Math.abs((counts[at] as number) - expected)).toBeLessThan(45)
  expect(counts[3]).toBe(400)
})

test('phases come one after the other, each at its own instant, however far the clock is moved at once', () => {
  const { director, ask, clock } = stage()
  director.play(
    script({
      phases: [
        { name: 'well', for: '10s', rules: [] },
        { name: 'slow', for: '20s', rules: [{ when: { any: true }, inject: late(100) }] },
        { name: 'gone', for: '30s', rules: [{ when: { any: true }, during: { after: '5s' }, inject: reset }] },
        { name: 'well again', rules: [] },
      ],
    }),
  )
  const met = () => ask().map(({ rule, fault }) => `${rule}: ${fault}`)
  expect(met()).toEqual([])
  clock.advance('10s')
  expect(met()).toEqual(['slow, rule 1: latency'])
  clock.advance('20s')
  expect(met()).toEqual([])
  clock.advance('5s')
  expect(met()).toEqual(['gone, rule 1: reset'])
  clock.advance('25s')
  expect(met()).toEqual([])
  director.reset()
  clock.advance('36s')
  expect(met()).toEqual(['gone, rule 1: reset'])
})

test('a phase that requests end goes to the next with the last of them, whichever of its rules they met', () => {
  const { director, ask } = stage()
  director.play(
    script({
      phases: [
        {
          until: { requests: 3 },
          rules: [
            { when: { service: 'config' }, inject: late(100) },
            { when: { service: 'alert' }, inject: late(200) },
          ],
        },
        { rules: [{ when: { service: 'config' }, times: 1, inject: reset }] },
      ],
    }),
  )
  const met = (contract: typeof config | typeof alert) => ask({ contract }).map(({ rule, fault }) => `${rule}: ${fault}`)
  expect([met(config), met(alert), met(config)]).toEqual([['phase 1, rule 1: latency'], ['phase 1, rule 2: latency'], ['phase 1, rule 1: latency']])
  expect([met(alert), met(config), met(config)]).toEqual([[], ['phase 2, rule 1: reset'], []])
})

test('a request that meets two rules of a phase counts once, and one that meets none not at all', () => {
  const { director, strikes } = stage()
  const both = [
    { when: { service: 'config' }, inject: late(1) },
    { when: { operation: 'health' }, inject: late(2) },
  ]
  director.play(script({ phases: [{ until: { requests: 2 }, rules: both }, { rules: [] }] }))
  expect(strikes(3, { contract: alert, operation: 'createAlert' })).toEqual([NO, NO, NO])
  expect(strikes(3)).toEqual([YES, YES, NO])
})

test('rules beside the phases last through all of them', () => {
  const { director, ask, clock } = stage()
  director.play(
    script({
      rules: [{ when: { any: true }, inject: late(5) }],
      phases: [{ for: '1s', rules: [] }, { rules: [{ when: { any: true }, inject: reset }] }],
    }),
  )
  expect(ask().map(({ fault }) => fault)).toEqual(['latency'])
  clock.advance('1s')
  expect(ask().map(({ fault }) => fault)).toEqual(['latency', 'reset'])
})

test('several scenarios play at once, each with its own counters; delays stand outermost, whoever was first', () => {
  const { director, ask } = stage()
  director.play(script({ name: 'torn', rules: [{ when: { any: true }, skip: 1, inject: reset }] }))
  director.play(script({ name: 'slow', rules: [{ when: { any: true }, times: 2, inject: late(5) }] }))
  const met = () => ask().map(({ scenario, match }) => `${scenario} ${match}`)
  expect([met(), met(), met()]).toEqual([['slow 1'], ['slow 2', 'torn 2'], ['torn 3']])
})

test('a scenario of the same name takes the place of the one before, and begins anew', () => {
  const { director, ask } = stage()
  director.play(script({ name: 'one', rules: [{ when: { any: true }, times: 1, inject: late(1) }] }))
  director.play(script({ name: 'two', rules: [{ when: { any: true }, inject: late(2) }] }))
  expect(ask()).toHaveLength(2)
  director.play(script({ name: 'one', rules: [{ when: { any: true }, times: 1, inject: late(3) }] }))
  expect(director.playing.map(({ scenario }) => scenario.name)).toEqual(['one', 'two'])
  expect(ask().map(({ match, options }) => [match, options.ms])).toEqual([
    [1, 3],
    [2, 2],
  ])
})

test('one scenario is stopped by its name, or all; one that does not play is told with the nearest that does', () => {
  const { director, strikes } = stage()
  for (const name of ['slow', 'flapping']) director.play(script({ name, rules: [{ when: { any: true }, inject: reset }] }))
  expect(() => director.stop('slwo')).toThrow('could not stop slwo: it does not play. Did you mean "slow"?')
  expect([director.stop('slow'), strikes(1), director.stop(), strikes(1), director.stop()]).toEqual([1, [YES], 1, [NO], 0])
  expect(() => director.stop('slow')).toThrow('Nothing plays.')
})

test('a reset begins everything anew: counters, windows, and the very same draws', () => {
  const { play, director, strikes, clock } = stage()
  play({ when: { any: true }, skip: 2, times: 20, chance: 0.5, during: { for: '1m' }, inject: reset })
  const first = strikes(60)
  clock.advance('1m')
  expect(strikes(60)).not.toContain(YES)
  director.reset()
  expect(strikes(60)).toEqual(first)
  expect(first.filter(Boolean)).toHaveLength(20)
})

test('what a rule is about is looked up anew when the play changes', () => {
  const { director, strikes } = stage()
  director.play(script({ name: 'one', rules: [{ when: { service: 'alert' }, inject: reset }] }))
  expect(strikes(1)).toEqual([NO])
  director.play(script({ name: 'one', rules: [{ when: { service: 'config' }, inject: reset }] }))
  expect(strikes(1)).toEqual([YES])
  director.stop('one')
  expect(strikes(1)).toEqual([NO])
})

test('callbacks have rules of their own: others do not strike them, and they strike no request', () => {
  const { play, director, ask, strikes } = stage()
  const hook = { direction: 'out', operation: undefined, method: 'POST', target: 'http://client.test:9/hooks/sent?id=7', body: { event: 'sent' } } as const
  play({ when: { any: true }, inject: reset })
  expect(strikes(1, hook)).toEqual([NO])
  director.stop()
  play({ when: { callback: true, service: 'config', path: '/hooks/*', query: { id: 7 }, body: { event: 'sent' } }, skip: 1, inject: late(5) })
  expect(strikes(3)).toEqual([NO, NO, NO])
  expect([ask(hook), ask(hook)]).toMatchObject([[], [{ match: 2, fault: 'latency' }]])
  expect(strikes(1, { ...hook, contract: alert })).toEqual([NO])
})

const ALERT = { method: 'POST', target: '/api/v1/alerts?dry=1&tag=a&tag=b&of=', headers: { 'X-Request-Id': 'r-77', Authorization: 'Bearer x' } } as const
const BODY = { user_id: 'user_7', note: null, priority: 3, urgent: true, channels: ['ui', 'telegram'], condition: { symbol: 'NIFTY' }, 'a.b': 1 }

test.each([
  [{ service: 'alert' }, YES],
  [{ service: ['config', 'alert'] }, YES],
  [{ service: 'config' }, NO],
  [{ operation: 'createAlert' }, YES],
  [{ operation: ['getAlert', 'createAlert'] }, YES],
  [{ operation: 'getAlert' }, NO],
  [{ method: 'POST' }, YES],
  [{ method: ['GET', 'PUT'] }, NO],
  [{ path: '/api/v1/alerts' }, YES],
  [{ path: '/api/*/alerts' }, YES],
  [{ path: '/api/v1' }, NO],
  [{ path: '/api/v1/alert.' }, NO],
  [{ query: { dry: '1' } }, YES],
  [{ query: { dry: 1 } }, YES],
  [{ query: { dry: 2 } }, NO],
  [{ query: { of: '' } }, YES],
  [{ query: { of: { exists: true } } }, YES],
  [{ query: { wet: { exists: false } } }, YES],
  [{ query: { wet: { matches: '' } } }, NO],
  [{ query: { tag: 'b' } }, YES],
  [{ query: { tag: 'c' } }, NO],
  [{ headers: { 'x-request-id': 'r-77' } }, YES],
  [{ headers: { 'x-request-id': { matches: '^r-\\d+$' } } }, YES],
  [{ headers: { 'x-request-id': { matches: '^\\d+$' } } }, NO],
  [{ headers: { authorization: { exists: false } } }, NO],
  [{ headers: { 'x-request-id': 'r-77', authorization: 'Bearer y' } }, NO],
  [{ body: { user_id: 'user_7' } }, YES],
  [{ body: { user_id: { one_of: ['user_6', 'user_7'] } } }, YES],
  [{ body: { user_id: { one_of: ['user_6'] } } }, NO],
  [{ body: { user_id: { matches: '_7$' } } }, YES],
  [{ body: { 'condition.symbol': 'NIFTY' } }, YES],
  [{ body: { 'condition.strike': { exists: false } } }, YES],
  [{ body: { 'user_id.length': { exists: true } } }, NO],
  [{ body: { 'channels.1': 'telegram' } }, YES],
  [{ body: { note: null } }, YES],
  [{ body: { note: { exists: true } } }, YES],
  [{ body: { note: { matches: 'null' } } }, NO],
  [{ body: { missing: null } }, NO],
  [{ body: { priority: 3 } }, YES],
  [{ body: { priority: '3' } }, NO],
  [{ body: { urgent: true } }, YES],
  [{ body: { constructor: { exists: true } } }, NO],
  [{ any: true }, YES],
] as [Rule['when'], boolean][])('%j: %j', (when, expected) => {
  const { play, strikes } = stage()
  play({ when, inject: reset })
  expect(strikes(1, { ...ALERT, contract: alert, operation: 'createAlert', body: BODY })).toEqual([expected])
})

test.each(['', 'no JSON', '[]', '"text"', 'null', '7', '\u0000'])('a body of %j has no members, and harms nobody', (body) => {
  const { play, strikes } = stage()
  play({ when: { body: { user_id: { exists: true } } }, inject: reset })
  expect(strikes(1, { body })).toEqual([NO])
})

test('a request that no operation takes is met by rules that name none', () => {
  const { play, director, strikes } = stage()
  play({ when: { path: '/nowhere*' }, inject: reset })
  expect(strikes(1, { operation: undefined, target: '/nowhere/at/all?x=1' })).toEqual([YES])
  director.stop()
  play({ when: { operation: 'health' }, inject: reset })
  expect(strikes(1, { operation: undefined, target: '/nowhere' })).toEqual([NO])
})

const down = (options: { for?: string } = {}) => [{ fault: 'down' as const, ...options }]

test('a port that one scenario shut for a while stays shut while others come and go, and opens by itself', () => {
  const { director, shut, strikes, clock } = stage()
  director.play(script({ name: 'gone', rules: [{ when: { service: 'config' }, times: 1, inject: down({ for: '10s' }) }] }))
  expect([strikes(1), [...shut]]).toEqual([[YES], ['config']])
  director.play(script({ name: 'other', rules: [{ when: { service: 'alert' }, inject: reset }] }))
  director.stop('other')
  expect([...shut]).toEqual(['config'])
  clock.advance('10s')
  expect([strikes(1), [...shut]]).toEqual([[NO], []])
})

test('stopped, replaced or begun anew, a scenario holds no port shut that it had shut for a while', () => {
  const gone = () => script({ name: 'gone', rules: [{ when: { service: 'config' }, times: 1, inject: down({ for: '10s' }) }] })
  for (const end of [(director: Director) => director.stop('gone'), (director: Director) => director.play(gone()), (director: Director) => director.reset()]) {
    const { director, shut, strikes } = stage()
    director.play(gone())
    strikes(1)
    end(director)
    expect([...shut]).toEqual([])
  }
})

test('what is down by the clock alone is down in its window, again and again, without any request', () => {
  const { play, director, shut, clock } = stage()
  play({ when: { service: 'config' }, during: { after: '5s', for: '10s', every: '1m' }, inject: down() })
  const seen = [5, 10, 49, 1, 10].map((seconds) => {
    clock.advance(seconds * 1000)
    return [...shut]
  })
  expect(seen).toEqual([['config'], [], [], ['config'], []])
  director.stop()
  expect([...shut]).toEqual([])
})

test('a phase that requests end lets what is down begin at once, with the clock standing still', () => {
  const { director, shut, strikes, clock } = stage()
  director.play(
    script({
      phases: [
        { until: { requests: 2 }, rules: [{ when: { service: 'config' }, inject: late(5) }] },
        { for: '10s', rules: [{ when: { service: 'config' }, inject: down() }] },
        { rules: [] },
      ],
    }),
  )
  expect([strikes(2), [...shut]]).toEqual([[YES, YES], []])
  expect([strikes(1), [...shut]]).toEqual([[YES], ['config']])
  clock.advance('10s')
  expect([strikes(1), [...shut]]).toEqual([[NO], []])
})
