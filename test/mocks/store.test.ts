import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { Store } from '../../mocks/kit/store.ts'
import { table } from '../../mocks/kit/table.ts'

const people = table(() => z.strictObject({ id: z.string(), city: z.string() }), { key: 'id', indexes: ['city'] })
const orders = table(() => z.strictObject({ order_id: z.string(), person: z.string().nullable(), total: z.number().min(0) }), {
  key: 'order_id',
  indexes: ['person'],
  references: { person: 'people' },
})

function open() {
  const store = new Store()
  const world = store.open('world', { people })
  const shop = store.open('shop', { orders })
  world.people.load([
    { id: 'asha', city: 'Pune' },
    { id: 'vikram', city: 'Delhi' },
  ])
  return { store, people: world.people, orders: shop.orders }
}

test('records are found by key, and listed in the order of their insertion', () => {
  const { people } = open()
  people.insert({ id: 'meera', city: 'Pune' })
  expect(people.get('meera')).toEqual({ id: 'meera', city: 'Pune' })
  expect(people.all().map(({ id }) => id)).toEqual(['asha', 'vikram', 'meera'])
})

test('a key is unique: insert refuses a second, put replaces the first', () => {
  const { people } = open()
  expect(() => people.insert({ id: 'asha', city: 'Goa' })).toThrow(/world.people: id "asha" is there already/)
  people.put({ id: 'asha', city: 'Goa' })
  expect(people.get('asha')?.city).toBe('Goa')
  expect(people.size).toBe(2)
})

test('a record of the wrong shape is refused with a pointer to the member', () => {
  const { orders } = open()
  expect(() => orders.insert({ order_id: 'o1', person: null, total: -1 })).toThrow(/shop.orders: \/total/)
})

test('a reference must name a record that exists; null names none', () => {
  const { orders } = open()
  orders.insert({ order_id: 'o1', person: 'asha', total: 5 })
  orders.insert({ order_id: 'o2', person: null, total: 5 })
  expect(() => orders.insert({ order_id: 'o3', person: 'nobody', total: 5 })).toThrow(/person names "nobody", which people does not have/)
})

test('an index follows inserts, changes and deletions', () => {
  const { people } = open()
  const inPune = () => people.where('city', 'Pune').map(({ id }) => id)
  expect(inPune()).toEqual(['asha'])
  people.insert({ id: 'meera', city: 'Pune' })
  people.update('asha', { city: 'Goa' })
  expect(inPune()).toEqual(['meera'])
  people.delete('meera')
  expect(inPune()).toEqual([])
  expect(people.where('city', 'Goa').map(({ id }) => id)).toEqual(['asha'])
})

test('a page is taken after filter and sort, so that pages never overlap', () => {
  const { orders } = open()
  for (let n = 0; n < 10; n += 1) orders.insert({ order_id: `o${n}`, person: null, total: n % 3 })
  const page = (offset: number) => orders.list({ where: ({ total }) => total > 0, sort: 'total', descending: true, offset, limit: 3 })
  const ids = [0, 3, 6].flatMap((offset) => page(offset).rows.map(({ order_id }) => order_id))
  expect(ids).toEqual(['o2', 'o5', 'o8', 'o1', 'o4', 'o7'])
  expect(page(0).total).toBe(6)
})

test('work that throws leaves no half-written record, in any table', () => {
  const { store, people, orders } = open()
  people.where('city', 'Pune')
  const half = () => {
    people.update('asha', { city: 'Goa' })
    people.delete('vikram')
    orders.insert({ order_id: 'o1', person: 'asha', total: 5 })
    throw new Error('halfway')
  }
  expect(() => store.transaction(half, undefined)).toThrow('halfway')
  expect(people.get('asha')).toEqual({ id: 'asha', city: 'Pune' })
  expect(people.has('vikram')).toBe(true)
  expect(people.where('city', 'Pune')).toHaveLength(1)
  expect(orders.size).toBe(0)
})

test('a reset brings the seed back and takes everything else away', () => {
  const { store, people, orders } = open()
  people.delete('asha')
  people.insert({ id: 'meera', city: 'Pune' })
  orders.insert({ order_id: 'o1', person: null, total: 5 })
  store.reset()
  expect(people.all().map(({ id }) => id)).toEqual(['asha', 'vikram'])
  expect(people.where('city', 'Pune').map(({ id }) => id)).toEqual(['asha'])
  expect(orders.size).toBe(0)
})

test('past its capacity a table lets the oldest go, counts them, and keeps the seed', () => {
  const { people } = open()
  for (let n = 0; n < 100_005; n += 1) people.put({ id: `p${n}`, city: 'x' })
  expect(people.size).toBe(100_000)
  expect(people.evicted).toBe(7)
  expect(people.has('asha')).toBe(true)
  expect(people.has('p0')).toBe(false)
})

test('an unknown table is refused with the names of those there are', () => {
  expect(() => open().store.table('world.cities')).toThrow(/there is none of that name. The tables are world.people, shop.orders/)
})

test('work that throws gives back what had to make room for its records', () => {
  const store = new Store()
  const { notes } = store.open('world', { notes: table(() => z.strictObject({ id: z.string() }), { key: 'id', capacity: 2 }) })
  notes.insert({ id: 'a' })
  notes.insert({ id: 'b' })
  const fails = () => {
    notes.insert({ id: 'c' })
    throw new Error('halfway')
  }
  expect(() => store.transaction(fails, undefined)).toThrow('halfway')
  expect(
    notes
      .all()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['a', 'b'])
  expect(notes.evicted).toBe(0)
  notes.insert({ id: 'd' })
  expect([notes.size, notes.evicted]).toEqual([2, 1])
})

test('an index answers in the order of insertion, whether it was asked before a change or not', () => {
  const inPune = (askedBefore: boolean) => {
    const { people } = open()
    people.insert({ id: 'meera', city: 'Delhi' })
    if (askedBefore) people.where('city', 'Delhi')
    people.update('asha', { city: 'Delhi' })
    return people.where('city', 'Delhi').map(({ id }) => id)
  }
  expect(inPune(true)).toEqual(inPune(false))
})

test('an index forgets the values of records that are gone', async () => {
  const store = new Store()
  const { notes } = store.open('world', { notes: table(() => z.object({ id: z.string(), about: z.custom<object>() }), { key: 'id', indexes: ['about'] }) })
  notes.where('about', {})
  const about = new WeakRef(notes.insert({ id: 'a', about: { text: 'long' } }).about)
  notes.delete('a')
  await new Promise(setImmediate)
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  expect(about.deref()).toBeUndefined()
})
