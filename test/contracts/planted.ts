/** One secret of each kind, none of them anybody's. Put together from parts, so that no scanner of repositories takes them for real. */
export const PLANTED: Readonly<Record<string, string>> = {
  'a JWT': `${base64url('{"alg":"HS256","typ":"JWT"}')}.${base64url('{"sub":"asha","iat":1768641330}')}.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg`,
  'a JWT with blanks in its head': `${base64url('{ "alg": "RS256" }')}.${base64url('{ "sub": "asha" }')}.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg`,
  'an AWS access key': `AKIA${'QYLPMN5HFIQR7XYA'}`,
  'an AWS secret key': `wJalrXUtnFEMI7K7MDENG${'bPxRfiCYzQmW8kLp3Tv'}`,
  'a Google API key': `AIza${'SyD4x8Kq2mN7pR1tV5wY9zB3cF6hJ0kL2nQ'}`,
  'a Google access token': `ya29.${'a0AfH6SMBx3kq9Lm2Np7Rt5Vw8Yz1Bc4Df'}`,
  'an Azure account key': `${'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq'}${'K1SZFPTOtr9KBHBeksoGMGwx'}==`,
  'a GitHub token': `ghp_${'a8Kq2mN7pR1tV5wY9zB3cF6hJ0kL2nQ4sU6w'}`,
  'a GitLab token': `glpat-${'x8Kq2mN7pR1tV5wY9zB3'}`,
  'a Slack token': `xoxb-${'210987654321-a8Kq2mN7pR1tV5wY9zB3'}`,
  'a Stripe key': `sk_live_${'a8Kq2mN7pR1tV5wY9zB3cF6h'}`,
  'a Twilio key': `SK${'0f1e2d3c4b5a69788796a5b4c3d2e1f0'}`,
  'a SendGrid key': `SG.${'a8Kq2mN7pR1tV5wY9zB3cF'}.${'x8Kq2mN7pR1tV5wY9zB3cF6hJ0kL2nQ4sU6wA8yC0e'}`,
  'a Telegram token': `${'110201543'}:${'AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1'}`,
  'a private key': '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAx8Kq2mN7pR1tV5wY9zB3cF6hJ0kL2nQ4\nsU6wA8yC0e==\n-----END RSA PRIVATE KEY-----',
  'a URL with a password': 'postgres://signals:Tr0ub4dor-and-3@db.internal:5432/signals',
  'an e-mail address': 'Asha.Rao+alerts@trading-desk.co.in',
  'a telephone number': '+919812345678',
  'a telephone number abroad': '+442079460958',
  'an Indian telephone number with a gap': '98123 45678',
  'a Visa card': '4111111111111111',
  'a Mastercard with gaps': '5555 5555 5555 4444',
  'an American Express card with hyphens': '3782-822463-10005',
  'a RuPay card': '6521111111111110',
  'a PAN': 'ABCPE1234F',
  'an Aadhaar number': '499118665246',
  'an Aadhaar number with gaps': '4991 1866 5246',
}

/** What only its name makes a secret. */
export const OPAQUE = 'correct-horse-7-battery'

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}
