import type { AuthScheme, AuthWords } from '../../contracts/kit/auth.ts'
import type { Contract, Example, ExampleRequest, Operation } from '../../contracts/kit/contract.ts'
import { writeJson } from '../../contracts/kit/json.ts'
import type { startSuite } from '../../mocks/index.ts'

type Suite = Awaited<ReturnType<typeof startSuite>>

/** What an example asks, as a client would ask it: with the credentials that the operation wants, unless the example shows what their lack comes to. */
export async function exampleRequest(
  suite: Suite,
  contract: Contract,
  { method, path, details }: Operation,
  example: ExampleRequest & Partial<Pick<Example, 'reply'>>,
): Promise<Request> {
  const { auth = contract.auth, consumes = 'json', lossless = false } = details()
  const { params = {}, query, body } = example
  const place = path.replace(/:(\w+)|\*/g, (all, name: string) => (name === undefined ? (params['*'] ?? all) : encodeURIComponent(params[name] ?? all)))
  const headers = new Headers(auth && !isUnauthenticated(auth, example.reply) ? await credentials(suite, auth) : {})
  for (const [name, value] of Object.entries(example.headers ?? {}))
    headers.set(name, value.endsWith('…') ? `Bearer ${await accessToken(suite, 'user_123')}` : value)
  if (body !== undefined) headers.set('content-type', MEDIA[consumes])
  return new Request(`http://${contract.host}:${contract.port}${place}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: WRITE[consumes](body, lossless) }),
  })
}

const MEDIA = { json: 'application/json', text: 'text/plain', form: 'application/x-www-form-urlencoded', bytes: 'application/octet-stream' }
const WRITE = {
  json: writeJson,
  text: String,
  form: (body: unknown) => new URLSearchParams(body as Record<string, string>).toString(),
  bytes: String,
}

/** What opens an operation in the seed world. */
async function credentials(suite: Suite, scheme: AuthScheme): Promise<Record<string, string>> {
  const secret = (name: string) => (suite.lane(0).store.table('world.secrets').get(name) as { value: string }).value
  switch (scheme.kind) {
    case 'key':
      return { [scheme.header]: secret(scheme.secret) }
    case 'bearer':
      return { authorization: `Bearer ${secret(scheme.secret)}` }
    case 'token':
      return { authorization: `Bearer ${await accessToken(suite, scheme.needs === 'admin' ? 'user_admin' : 'user_123')}` }
    case 'lenient':
      return credentials(suite, scheme.scheme)
    case 'any':
      return credentials(suite, scheme.schemes[0] as AuthScheme)
    case 'all':
      return Object.assign({}, ...(await Promise.all(scheme.schemes.map((one) => credentials(suite, one)))))
  }
}

async function accessToken(suite: Suite, user_id: 'user_123' | 'user_admin'): Promise<string> {
  const password = { user_123: 'Mock-Password-123', user_admin: 'Mock-Password-2' }[user_id]
  const reply = await suite.fetch('user', '/auth/login', { method: 'POST', body: new URLSearchParams({ username: user_id, password }) })
  return ((await reply.json()) as { access_token: string }).access_token
}

/** Whether the reply of an example is what a missing credential gets. */
function isUnauthenticated(scheme: AuthScheme, reply: Example['reply'] | undefined): boolean {
  const { detail } = Object(reply?.body) as { detail?: unknown }
  return missingWords(scheme).some((words) => words.status === reply?.status && words.detail === detail)
}

function missingWords(scheme: AuthScheme): AuthWords[] {
  if ('missing' in scheme) return [scheme.missing]
  return 'schemes' in scheme ? scheme.schemes.flatMap(missingWords) : missingWords(scheme.scheme)
}
