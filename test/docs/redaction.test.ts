import { expect, test } from 'vitest'
import { KINDS, type Kind } from '../../contracts/kit/redact/pseudonym.ts'
import { createRedactor } from '../../contracts/kit/redact.ts'
import { PLANTED } from '../contracts/planted.ts'
import { code, expectPart, tableOf } from './generated.ts'

/** What each kind is, and one of it; those without one have a key's own beginning, which a page should not show. */
const SHOWN: Readonly<Record<Kind, readonly [what: string, shown: string]>> = {
  secret: ['anything under a secret name that is none of the below; what follows `Bearer`', '{"password": "correct-horse-7"}'],
  jwt: ['a signed or encrypted token', `{"a": "${PLANTED['a JWT']}"}`],
  uuid: ['a UUID under a secret name', '{"session_id": "7f9c2ba4-e88f-4b27-9d3a-0c1e5f7a9b1d"}'],
  basic: ['name and password in base64, behind `Basic`', `{"a": "Basic ${Buffer.from('asha:battery').toString('base64')}"}`],
  'private-key': ['a private key in PEM', `{"a": ${JSON.stringify(PLANTED['a private key'])}}`],
  'url-password': ['name and password in a URL', `{"a": "${PLANTED['a URL with a password']}"}`],
  'secret-url': ['a URL under a secret name that has no query', '{"webhook_secret": "https://hooks.example.com/a/b"}'],
  'aws-key': ['an access key of AWS, or the secret one', `{"a": "${PLANTED['an AWS access key']}"}`],
  'google-key': ['an API key, access token or client secret of Google', `{"a": "${PLANTED['a Google API key']}"}`],
  'azure-key': ['an account key of Azure', `{"a": "${PLANTED['an Azure account key']}"}`],
  'github-token': ['a token of GitHub', `{"a": "${PLANTED['a GitHub token']}"}`],
  'gitlab-token': ['a token of GitLab', `{"a": "${PLANTED['a GitLab token']}"}`],
  'slack-token': ['a token or an incoming webhook of Slack', `{"a": "${PLANTED['a Slack token']}"}`],
  'stripe-key': ['a key of Stripe', `{"a": "${PLANTED['a Stripe key']}"}`],
  'twilio-key': ['a key or an account of Twilio', `{"a": "${PLANTED['a Twilio key']}"}`],
  'sendgrid-key': ['a key of SendGrid', `{"a": "${PLANTED['a SendGrid key']}"}`],
  'telegram-token': ['the token of a bot of Telegram', `{"a": "${PLANTED['a Telegram token']}"}`],
  'vendor-key': ['a key of OpenAI, Anthropic, npm, PyPI, Razorpay, DigitalOcean, Vault or Shopify', `{"a": "npm_${'a8Kq2mN7pR1tV5wY9zB3cF6hJ0kL2nQ4sU6w'}"}`],
  email: ['an e-mail address', '{"a": "asha@example.com"}'],
  phone: ['a telephone number: with a plus, an Indian mobile, a North American one in its usual dress', '{"a": "+919812345678"}'],
  card: ['the number of a card, by its network and Luhn’s check', '{"a": "5555 5555 5555 4444"}'],
  pan: ['a PAN of the Indian tax authority', '{"a": "ABCPE1234F"}'],
  aadhaar: ['an Aadhaar number, by Verhoeff’s check', '{"a": "4991 1866 5246"}'],
  number: ['a number under a name or a mark that makes it secret', '{"otp": 123456}'],
}

test('docs/redaction.md tells every kind, and what becomes of it', () => {
  const rows = KINDS.map((kind) => [code(kind), SHOWN[kind][0], becomes(kind)])
  expectPart('docs/redaction.md', 'kinds', tableOf(['kind', 'what it is', 'what becomes of it, for example'], rows))
})

function becomes(kind: Kind): string {
  const redactor = createRedactor({ key: 'docs' })
  const body = Buffer.from(SHOWN[kind][1])
  const { request } = redactor.redact({ at: 0, milliseconds: 0, request: { method: 'POST', url: '/', headers: ['content-type', 'application/json'], body } })
  expect(redactor.statement().removed.map((removed) => removed.kind)).toEqual([kind])
  return code(String(Object.values(JSON.parse(request.body.toString()))[0]).replaceAll('\n', ' '))
}
