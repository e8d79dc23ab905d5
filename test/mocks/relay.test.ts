import { expect, test } from 'vitest'
import { alert } from '../../contracts/alert.ts'
import { guardedLookup } from '../../mocks/kit/relay/forbidden.ts'
import { addressedTo, withoutHopByHop } from '../../mocks/kit/relay/hop-by-hop.ts'
import { createRelay } from '../../mocks/kit/relay/relay.ts'
import { checkUpstream } from '../../mocks/kit/relay/upstream.ts'

test.each([
  ['http://169.254.169.254/latest/meta-data', 'metadata service'],
  ['http://2852039166', 'metadata service'],
  ['http://0xa9.0xfe.0xa9.0xfe', 'metadata service'],
  ['http://[::ffff:169.254.169.254]', 'metadata service'],
  ['http://[64:ff9b::169.254.169.254]', 'metadata service'],
  ['http://[64:ff9b:1::169.254.169.254]', 'metadata service'],
  ['http://[2002:a9fe:a9fe::]', 'metadata service'],
  ['http://[::169.254.169.254]', 'metadata service'],
  ['http://[fe80::1]', 'metadata service'],
  ['http://[fd00:ec2::254]', 'metadata service'],
  ['http://100.100.100.200', 'metadata service'],
  ['http://metadata.google.internal', 'metadata service'],
  ['http://METADATA.google.internal.', 'metadata service'],
  ['http://0.0.0.0:8080', 'no machine'],
  ['http://[::]', 'no machine'],
  ['http://224.0.0.1', 'no machine'],
  ['ftp://alert.example', 'it begins with ftp:'],
  ['file:///etc/passwd', 'it begins with file:'],
  ['alert.example', 'it is no URL'],
  ['https://alert.example/?key=1', 'more than a host and a path'],
])('no relay is made to %s: %s', async (upstream, why) => {
  await expect(checkUpstream(upstream)).rejects.toMatchObject({ code: 'bad-upstream', message: expect.stringContaining(why) })
})

test('credentials stay out of the address of a real service, and out of what is said about it', async () => {
  const refusal = await checkUpstream('https://admin:hunter2@alert.example').catch((error: Error) => error.message)
  expect(refusal).toBe('could not relay to https://alert.example/: it holds a name or a password. Leave them out: the client’s own credentials are passed on.')
})

test('where hosts have to be allowed, only those are asked that are, and loopback', async () => {
  const allow = ['127.0.0.1', '*.staging.invalid', 'alert.invalid']
  for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '[::1]'])
    expect((await checkUpstream(`http://${host}:9000/api`, { allow: [] })).pathname).toBe('/api')
  // Allowed, they are looked up, and there are no such hosts.
  for (const host of ['a.staging.invalid', 'b.a.STAGING.invalid', 'alert.invalid']) {
    await expect(checkUpstream(`http://${host}`, { allow })).rejects.toThrow(/its host was not found/)
  }
  for (const host of ['staging.invalid', 'evilstaging.invalid', 'x.alert.invalid', '10.0.0.1']) {
    await expect(checkUpstream(`http://${host}`, { allow })).rejects.toThrow(`${host} is not among the hosts that are allowed`)
  }
})

test('a suite is not made to relay to itself', async () => {
  await expect(checkUpstream('http://localhost:8085', { doors: [8085] })).rejects.toThrow(/this suite listens there itself/)
  expect((await checkUpstream('http://localhost:8085', { doors: [8086] })).port).toBe('8085')
})

test('a relay that is made without having its address checked checks what needs no look-up', () => {
  expect(() => createRelay({ contract: alert, upstream: new URL('http://169.254.169.254') })).toThrow(expect.objectContaining({ code: 'bad-upstream' }))
  expect(() => createRelay({ contract: alert, upstream: new URL('http://alert.example'), allow: [] })).toThrow(/--allow alert.example/)
})

test('a name is held against the rules again whenever it is looked up: it may lead elsewhere by then', async () => {
  const lookUp = (host: string, all: boolean) =>
    new Promise((resolve) => guardedLookup(host, { all }, (error, address, family) => resolve(error === null ? [address, family] : error.message)))
  expect(await lookUp('127.0.0.1', false)).toEqual(['127.0.0.1', 4])
  expect(await lookUp('127.0.0.1', true)).toEqual([[{ address: '127.0.0.1', family: 4 }], undefined])
  // What a resolver answers for an address is the address: as good as a name that leads to it.
  expect(await lookUp('169.254.169.254', true)).toMatch(/^169.254.169.254 leads to 169.254.169.254: it is the address of a cloud’s metadata service/)
  expect(await lookUp('no-such-host.invalid', true)).toMatch(/ENOTFOUND|EAI_AGAIN/)
})

test('headers of one connection end with it, also those that the sender declares to be such', () => {
  const sent = ['Host', 'a', 'connection', 'X-One, close', 'X-One', '1', 'X-TWO', '2', 'Transfer-Encoding', 'chunked', 'Connection', 'x-two', 'X-Three', '3']
  expect(withoutHopByHop(sent)).toEqual(['Host', 'a', 'X-Three', '3'])
})

test('nobody can declare away what says where a body ends', () => {
  expect(withoutHopByHop(['Connection', 'content-length, host', 'Content-Length', '3', 'Host', 'a'])).toEqual(['Content-Length', '3', 'Host', 'a'])
})

test('the host is the real service’s, where the client has put ours', () => {
  expect(addressedTo('b', ['X', '1', 'HOST', 'a'])).toEqual(['X', '1', 'HOST', 'b'])
  expect(addressedTo('b', ['X', '1'])).toEqual(['host', 'b', 'X', '1'])
})
