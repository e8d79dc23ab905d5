import * as z from 'zod'
import { get, once, post } from '../kit/contract.ts'
import { instant, noProduct, py, readBy, refused, token } from './shapes.ts'

const EXECUTOR = 'app/services/signal_executor.py'

const metadata = once(() =>
  z.strictObject({
    name: z.string(),
    author: z.string(),
    description: z.string(),
    script_type: z.string(),
    language: z.literal('python'),
    size: z.int(),
    sha256: z.string(),
  }),
)

/** The storage behind the marketplace answers for itself, in the words of S3. */
const storageError = (body: z.ZodString = z.string()) => ({ body, contentType: 'application/xml' })
const MISSING =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>prod_momentum_001/9.9.9.py</Key><BucketName>scripts</BucketName><Resource>/scripts/prod_momentum_001/9.9.9.py</Resource><RequestId>9F2C01A4B7DE5C3A</RequestId></Error>'

const wanted = { execution_token: 'exec_token_abc123', product_id: 'prod_momentum_001', version: null, script_type: 'signal' }
const object = { product_id: 'prod_momentum_001', file: '1.0.0.py' }
const signed = { AWSAccessKeyId: 'mock-minio-access', Expires: '1768641630', Signature: 'zq9miVycHBuW+2h+GaSfQVxB4Kw=' }

export const scriptOperations = {
  requestScript: post('/api/v1/scripts/access', () => ({
    summary: 'Where the holder of a token may fetch the script of a product, for a few minutes; without a version, the one that the policy says.',
    body: py.object({
      execution_token: token(),
      product_id: py.str(),
      version: py.optional(py.str()),
      script_type: py.str().default('signal'),
    }),
    responses: {
      200: z.strictObject({
        presigned_url: z.url().meta({ readBy: [EXECUTOR], secret: true }),
        metadata: readBy(metadata(), EXECUTOR),
        version: readBy(z.string(), EXECUTOR),
        expires_at: instant(),
      }),
      403: refused(),
      404: refused(),
    },
    evidence: 'client',
    source: 'C1 §5.3 MP-9; inferred: the members of metadata besides name and author, and the refusals, which the client does not tell apart',
    examples: {
      effective: {
        body: wanted,
        reply: {
          status: 200,
          body: {
            presigned_url:
              'http://marketplace:8087/scripts/prod_momentum_001/1.0.0.py?AWSAccessKeyId=mock-minio-access&Expires=1768641630&Signature=zq9miVycHBuW%2B2h%2BGaSfQVxB4Kw%3D',
            metadata: {
              name: 'Momentum Pro',
              author: 'user_123',
              description: 'Version 1.0.0',
              script_type: 'signal',
              language: 'python',
              size: 127,
              sha256: '757489908fa9187ad7ea2205530ad963cea46daae0320a69152c9cb18ae1b92d',
            },
            version: '1.0.0',
            expires_at: '2026-01-17T09:20:30Z',
          },
        },
      },
      expired: {
        body: { ...wanted, execution_token: 'exec_token_expired' },
        reply: { status: 403, body: { detail: 'Invalid execution token: expired' } },
      },
      draft: { body: { ...wanted, version: '1.1.0' }, reply: { status: 404, body: { detail: 'Version 1.1.0 not found' } } },
      unknown: { body: { ...wanted, product_id: 'prod_nobody' }, reply: noProduct },
    },
  })),
  downloadScript: get('/scripts/:product_id/:file', () => ({
    summary: 'The script itself, as text, to whoever holds a URL that was signed for it and is not yet old.',
    query: py.object({ AWSAccessKeyId: py.optional(py.str()), Expires: py.optional(py.str()), Signature: py.optional(py.str()) }),
    responses: {
      200: { body: readBy(z.string(), EXECUTOR), contentType: 'text/x-python' },
      403: storageError(),
      404: storageError(z.string().meta({ examples: [MISSING] })),
    },
    auth: false,
    evidence: 'client',
    source: 'C1 §5.3 MP-10; inferred: the query (S3 signature version 2, which does not sign the host) and the XML of refusals',
    examples: {
      script: {
        params: object,
        query: signed,
        reply: {
          status: 200,
          body: '# prod_momentum_001 1.0.0\ndef on_tick(context):\n    return {"signal": "momentum", "value": context["close"] - context["open"]}\n',
        },
      },
      expired: {
        params: object,
        query: { ...signed, Expires: '1768600000' },
        reply: {
          status: 403,
          body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message><Key>prod_momentum_001/1.0.0.py</Key><BucketName>scripts</BucketName><Resource>/scripts/prod_momentum_001/1.0.0.py</Resource><RequestId>9F2C01A4B7DE5C3A</RequestId></Error>',
        },
      },
    },
  })),
}
