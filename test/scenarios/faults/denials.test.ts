import { expect, test } from 'vitest'
import { config } from '../../../contracts/config.ts'
import { conformReply } from '../../../contracts/kit/conform.ts'
import type { Contract } from '../../../contracts/kit/contract.ts'
import { header } from '../../../contracts/kit/message.ts'
import { marketplace } from '../../../contracts/marketplace/index.ts'
import { contracts } from '../../../contracts/services.ts'
import { user } from '../../../contracts/user.ts'
import { watermark } from '../../../contracts/watermark.ts'
import { expiredToken } from '../../../scenarios/kit/faults/expired-token.ts'
import { forbidden } from '../../../scenarios/kit/faults/forbidden.ts'
import { unauthorized } from '../../../scenarios/kit/faults/unauthorized.ts'
import { answered, armed, target } from '../strike.ts'

const said = (fault: typeof unauthorized, contract: Contract, operation: string | undefined) => answered(armed(fault).strike, { contract, operation })

test('a credential is refused with 401 in the words of the operation’s own scheme', async () => {
  expect(await said(unauthorized, user, 'getMe')).toMatchObject({
    status: 401,
    headers: expect.arrayContaining(['www-authenticate', 'Bearer']),
    body: '{"detail":"Could not validate credentials"}',
  })
  // Its wrong secret is a 403: for 401 it has the words of a missing one.
  expect(await said(unauthorized, watermark, 'issueWatermark')).toMatchObject({ status: 401, body: '{"detail":"Authentication required"}' })
})

test('of several credentials it is the presented one that is refused', async () => {
  const refused = (...rawHeaders: string[]) => answered(armed(unauthorized).strike, { contract: config, operation: 'getSecret', request: { rawHeaders } })
  expect(await refused('X-Internal-API-Key', 'old')).toMatchObject({ body: '{"detail":"Invalid API key","error":"Invalid API key"}' })
  expect(await refused('Authorization', 'Bearer old')).toMatchObject({
    headers: expect.arrayContaining(['www-authenticate', 'Bearer']),
    body: '{"detail":"Could not validate credentials","error":"Could not validate credentials"}',
  })
})

test('a caller is forbidden with 403: by the scheme, by an example, or in the words of the framework', async () => {
  expect(await said(forbidden, watermark, 'issueWatermark')).toMatchObject({ status: 403, body: '{"detail":"Direct access forbidden. Use the API Gateway."}' })
  expect(await said(forbidden, user, 'login')).toMatchObject({ status: 403, body: '{"detail":"Account has been deactivated"}' })
  expect(await said(forbidden, config, 'getSecret')).toMatchObject({ status: 403, body: '{"detail":"Forbidden","error":"Forbidden"}' })
})

test('a vendor that has words for an expired token uses them; for the others it is merely wrong', async () => {
  expect(await said(expiredToken, marketplace, 'verifyExecution')).toMatchObject({ status: 401, body: '{"detail":"Invalid execution token: expired"}' })
  expect(await said(expiredToken, marketplace, 'requestScript')).toMatchObject({ status: 403, body: '{"detail":"Invalid execution token: expired"}' })
  expect(await said(expiredToken, user, 'getMe')).toMatchObject({ status: 401, body: '{"detail":"Could not validate credentials"}' })
})

test('an operation that asks for no credential and refuses none is left alone, unless the rule says why', async () => {
  for (const fault of [unauthorized, forbidden, expiredToken]) {
    expect(fault.check?.({}, target(config, 'health'), false)).toContain('config.health asks for no credential')
    expect(fault.check?.({}, target(config, 'health'), true)).toBeUndefined()
    expect(fault.check?.({}, target(config, 'getSecret'), false)).toBeUndefined()
  }
  expect(await said(unauthorized, config, 'health')).toMatchObject({ status: 401, body: '{"detail":"Unauthorized","error":"Unauthorized"}' })
  expect(await said(forbidden, user, undefined)).toMatchObject({ status: 403, body: '{"detail":"Forbidden"}' })
})

const all = Object.values(contracts as Record<string, Contract>).flatMap((contract) => Object.keys(contract.operations).map((name) => ({ contract, name })))

test.each([
  { title: 'unauthorized', fault: unauthorized },
  { title: 'forbidden', fault: forbidden },
  { title: 'expired_token', fault: expiredToken },
])('$title keeps the contract of every operation that it may strike', async ({ fault }) => {
  const struck = all.filter(({ contract, name }) => fault.check?.({}, target(contract, name), false) === undefined)
  expect(struck.length).toBeGreaterThan(50)
  for (const { contract, name } of struck) {
    const reply = await said(fault, contract, name)
    if (reply === 'passed') throw new Error(`${name} was spared`)
    const contentType = header({ rawHeaders: reply.headers }, 'content-type')
    const body: unknown = contentType === 'application/json' ? JSON.parse(String(reply.body)) : reply.body
    const violations = conformReply(contract, target(contract, name).operation, { status: reply.status, contentType, headers: reply.headers, body })
    expect(violations, `${contract.service}.${name}`).toEqual([])
  }
})
