import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences, type ShapeDifference } from '../../contracts/drift/shape/differences.ts'
import { volatility } from '../../contracts/drift/shape/volatility.ts'
import { Shape } from '../../contracts/drift/shape.ts'

test('a shape knows how often each member was there, and of which type', () => {
  const shape = learned([{ id: 1, name: 'a' }, { id: 2.5 }, { id: null, name: 'b' }])
  expect(shape.members.get('id')).toMatchObject({ visits: 3, types: { integer: 1, number: 1, null: 1 }, numbers: { least: 1, most: 2.5 } })
  expect(shape.members.get('name')).toMatchObject({ visits: 2, types: { text: 2 }, texts: { least: 1, most: 1 } })
  expect(shape.signatures.sorted()).toEqual([
    ['id,name', 2],
    ['id', 1],
  ])
})

test('the elements of all lists are one shape, which tells how they differ', () => {
  const shape = learned([
    [{ type: 'email', to: 'x' }],
    [],
    [
      { type: 'sms', phone: 'y' },
      { type: 'email', to: 'z' },
    ],
  ])
  expect(shape.lists).toEqual({ least: 0, most: 2 })
  expect(shape.element?.signatures.sorted()).toEqual([
    ['to,type', 2],
    ['phone,type', 1],
  ])
})

test.each<[string, string[], string[]]>([
  ['uuid', ['6f1c1e0e-6d5c-4b0e-9a3c-2f1d0c9b8a77'], ['6f1c1e0e']],
  ['zoned-datetime', ['2026-01-17T09:15:30Z', '2026-01-17T09:15:30.5+05:30'], ['2026-01-17T09:15:30']],
  ['naive-datetime', ['2026-01-17T09:15:30.123456'], ['2026-01-17T09:15:30Z']],
  ['datetime', ['2026-01-17T09:15:30', '2026-01-17T09:15:30Z'], ['2026-02-30T09:15:30Z']],
  ['date', ['2026-01-17'], ['2026-01-32']],
  ['time', ['09:15:30'], ['25:00:00']],
  ['email', ['a@example.com'], ['a@b']],
  ['url', ['https://example.com/x?y'], ['example.com/x:8']],
  ['ipv4', ['10.0.0.1'], ['10.0.0.256']],
  ['integer', ['42', '-7'], ['4.2']],
  ['hex', ['deadbeef01'], ['dead1']],
  ['jwt', ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln'], ['eyJ1.2.3']],
  ['id', ['user_123', 'NSE@NIFTY@INDEX'], ['running 1']],
])('texts are seen to be %s', (format, fit, unfit) => {
  expect(learned(fit).texts?.formats).toMatchObject({ [format]: fit.length })
  expect(learned(unfit).texts?.formats).not.toHaveProperty(format)
})

test.each<[string, object, boolean]>([
  ['instruments', { 'NSE@NIFTY@INDEX': { ltp: 1 }, 'NSE@A@EQ': { ltp: 2 }, 'NSE@B@EQ': { ltp: 3 }, 'NSE@C@EQ': { ltp: null } }, true],
  ['dates', { '2026-01-01': 1, '2026-01-02': 2, '2026-01-03': 3.5, '2026-01-04': 4 }, true],
  ['numbers', { 1: 'a', 2: 'b', 3: 'c', 4: 'd' }, true],
  ['three ids', { user_1: 1, user_2: 2, user_3: 3 }, false],
  ['ids of things unlike', { 1: 'a', 2: { b: 1 }, 3: 'c', 4: 'd' }, false],
  ['names', { a: 1, b: 2, c: 3, d: 4 }, false],
  ['more names than any record has', Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`name${'x'.repeat(at)}`, at])), true],
])('an object whose keys are %s: whether it is a map', (_, object, isMap) => {
  expect(learned([object]).asMap() !== undefined).toBe(isMap)
})

const many = (values: readonly unknown[], times: number) => Array.from({ length: times }, () => values).flat()

test.each<[string, unknown[], object]>([
  ['one value three times', many(['v1'], 3), { kind: 'constant', values: [['v1', 3]], samples: 3 }],
  ['one value twice', many(['v1'], 2), { kind: 'unknown' }],
  [
    'a few words again and again',
    [...many(['active'], 14), ...many(['paused'], 3)],
    {
      kind: 'enumeration',
      values: [
        ['active', 14],
        ['paused', 3],
      ],
    },
  ],
  ['a few words, one seen once in ten', [...many(['active'], 9), 'paused'], { kind: 'varying', values: [] }],
  ['a few words, too few times', many(['a', 'b', 'c'], 3), { kind: 'varying' }],
  ['ids of two users again and again', many(['user_123', 'user_456'], 10), { kind: 'identifier' }],
  ['digits that differ', ['17', '18', '19', '20'], { kind: 'identifier' }],
  ['a few numbers again and again', many([1, 2], 10), { kind: 'varying' }],
  ['times of day', ['2026-01-17T09:15:30', '2026-01-17T09:15:31', '2026-01-17T09:15:31Z'], { kind: 'instant' }],
  ['seconds since 1970', [1768641330, 1768641331, 1768641399], { kind: 'instant' }],
  ['prices', [101.5, 99, 100.25], { kind: 'varying' }],
  ['a text or null', ['a', null, 'a', 'a'], { kind: 'constant', nulls: { times: 1, of: 4 } }],
  ['nothing but null', [null, null, null], { kind: 'unknown', samples: 0, nulls: { times: 3, of: 3 } }],
])('%s', (_, values, said) => {
  expect(volatility(learned(values))).toMatchObject(said)
})

test('a member that some objects lack is counted against the objects', () => {
  const shape = learned([{ a: 1 }, {}, {}])
  expect(volatility(shape.members.get('a') as Shape, shape.count('object')).absent).toEqual({ times: 2, of: 3 })
})

const three = (value: unknown) => many([value], 3)

test.each<[string, unknown[], unknown[], Partial<ShapeDifference>[]]>([
  ['the same', three({ a: 1, b: ['x'] }), three({ a: 2.5, b: [] }), []],
  [
    'a member that the fake never has, however deep',
    three({ alerts: [{ id: 1, priority: 'high' }] }),
    three({ alerts: [{ id: 9 }, { id: 8 }] }),
    [{ pointer: '/alerts/*/priority', kind: 'missing', counts: { real: 3, fake: 0 }, of: { real: 3, fake: 6 } }],
  ],
  ['a member that is sometimes there', [{ a: 1 }, { a: 1 }, {}], three({}), []],
  [
    'a member that the fake has now and then',
    three({}),
    [{ a: 1 }, {}, {}],
    [{ pointer: '/a', kind: 'extra', counts: { real: 0, fake: 1 }, of: { real: 3, fake: 3 } }],
  ],
  ['too few samples', [{ a: 1 }, { a: 1 }], [{}, {}], []],
  ['empty lists', three({ a: [] }), three({ a: [{ b: 1 }] }), []],
  ['an absent parent', three({ a: { b: 1 } }), three({ a: null }), []],
  ['types without one in common', three({ a: 1 }), three({ a: '1' }), [{ pointer: '/a', kind: 'type', realSays: 'number', fakeSays: 'text' }]],
  ['whole and fractional numbers', three({ a: 1.5 }), three({ a: 1 }), []],
  ['null in five of five against never', many([{ a: 'x' }], 5), many([{ a: null }], 5), [{ pointer: '/a', kind: 'null', realSays: 'text', fakeSays: 'null' }]],
  ['never null in the fake against always', many([{ a: null }], 5), many([{ a: 'x' }], 5), [{ pointer: '/a', kind: 'null', counts: { real: 5, fake: 0 } }]],
  ['null in four', many([{ a: 'x' }], 4), many([{ a: null }], 4), []],
  [
    'zones of date-times',
    three('2026-01-17T09:15:30Z'),
    three('2026-01-17T09:15:30'),
    [{ pointer: '', kind: 'format', realSays: 'zoned-datetime', fakeSays: 'not zoned-datetime', counts: { real: 3, fake: 0 } }],
  ],
  [
    'a format of the fake alone',
    three({ a: 'x' }),
    three({ a: 'a@example.com' }),
    [{ pointer: '/a', kind: 'format', realSays: 'not email', fakeSays: 'email' }],
  ],
  ['digits that are always the same', three('100'), three('none'), []],
  ['digits that differ', ['100', '101', '102'], three('none'), [{ kind: 'format', realSays: 'integer' }]],
  [
    'the values of maps, whatever their keys',
    three({ '2026-01-01': { a: 1, b: 2 }, '2026-01-02': { a: 1, b: 2 }, '2026-01-03': { a: 1, b: 2 }, '2026-01-04': { a: 1, b: 2 } }),
    three({ '2027-01-01': { a: 1 } }),
    [{ pointer: '/*/b', kind: 'missing', counts: { real: 12, fake: 0 }, of: { real: 12, fake: 3 } }],
  ],
  ['names with slashes', three({ 'a/b': 1 }), three({}), [{ pointer: '/a~1b' }]],
])('the fake against reality: %s', (_, real, fake, found) => {
  const all = differences(learned(real), learned(fake))
  expect(all).toMatchObject(found)
  expect(all).toHaveLength(found.length)
})

const bodies = fc.array(
  fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('scalar'), tie('list'), tie('object'), tie('table')),
    scalar: fc.oneof(fc.constantFrom(null, true, false, 'active', 'user_12', '2026-01-17', 0, 1.5, 12n), fc.string(), fc.integer(), fc.double({ noNaN: true })),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(fc.constantFrom('id', 'name', 'status', 'at', 'items'), tie('value'), { maxKeys: 4 }),
    table: fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), tie('scalar'), { maxKeys: 40 }),
  })).value,
  { maxLength: 30 },
)

test('the order of learning never shows', () => {
  fc.assert(
    fc.property(bodies, fc.infiniteStream(fc.nat()), (values, chance) => {
      const shuffled = values.map((value) => ({ value, place: chance.next().value })).sort((one, other) => one.place - other.place)
      expect(learned(shuffled.map(({ value }) => value))).toEqual(learned(values))
    }),
    { numRuns: 300 },
  )
})

test('two shapes put together are what both have learned', () => {
  fc.assert(
    fc.property(bodies, bodies, (some, others) => {
      const shape = learned(some)
      shape.absorb(learned(others))
      expect(shape).toEqual(learned([...some, ...others]))
    }),
    { numRuns: 300 },
  )
})

test('learning the same again changes counts alone, and no difference is seen between once and twice', () => {
  fc.assert(
    fc.property(bodies, (values) => {
      const [once, twice] = [learned(values), learned([...values, ...values])]
      expect(counted(twice)).toEqual(counted(once))
      expect(twice.visits).toBe(once.visits * 2)
      expect([...differences(once, twice), ...differences(twice, once)]).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test('ten thousand objects, each other than all before, take no more room than the bound', () => {
  const shape = new Shape()
  let seed = 1
  const chance = (below: number) => (seed = (seed * 48271) % 2147483647) % below
  const random = (depth: number): unknown =>
    depth === 0
      ? `text ${chance(1e9)}`
      : Object.fromEntries(Array.from({ length: 4 }, () => [`m${chance(40)}${'abcd'[depth]}`, chance(3) ? random(depth - 1) : [random(depth - 1)]]))
  for (let at = 0; at < 10_000; at += 1) shape.learn(random(3))
  expect(shape.visits).toBe(10_000)
  expect(shape.size()).toBeLessThanOrEqual(4096)
})

/** Every number in a shape that is a count, blotted out. */
function counted(shape: Shape): unknown {
  return JSON.parse(
    JSON.stringify(shape, (name, value) => {
      if (name === 'room') return undefined
      if (value instanceof Map) return [...value].map(([key, one]) => [String(key), typeof one === 'number' ? 'times' : one])
      return ['visits', 'null', 'boolean', 'integer', 'number', 'text', 'list', 'object'].includes(name) && typeof value === 'number' ? 'times' : value
    }).replaceAll(/("(?:uuid|id|url|date|datetime|zoned-datetime|naive-datetime|time|email|ipv4|integer|hex|jwt)":)\d+/g, '$1"times"'),
  )
}

function learned(values: readonly unknown[]): Shape {
  const shape = new Shape()
  for (const value of values) shape.learn(value)
  return shape
}
