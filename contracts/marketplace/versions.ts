import * as z from 'zod'
import { get, once, post, put } from '../kit/contract.ts'
import { fromGateway } from './auth.ts'
import { instant, noProduct, POLICY, py, readBy, refused } from './shapes.ts'

export const policy = once(() => z.enum(['locked', 'auto', 'range']))

/** Which version a subscriber runs. `effective_version` is null only when the policy leaves none. */
export const versionInfo = once(() =>
  z.strictObject({
    policy: readBy(policy(), POLICY),
    current_version: readBy(z.string().nullable(), POLICY),
    effective_version: readBy(z.string().nullable(), POLICY),
    min_version: readBy(z.string().nullable(), POLICY),
    max_version: readBy(z.string().nullable(), POLICY),
    pinned_version: readBy(z.string().nullable(), POLICY),
    last_updated: readBy(instant(), POLICY),
  }),
)

const version = once(() =>
  z.strictObject({
    version: readBy(z.string(), POLICY),
    status: readBy(z.enum(['draft', 'published', 'deprecated']), POLICY),
    created_at: readBy(instant(), POLICY),
    description: readBy(z.string(), POLICY),
    breaking_changes: readBy(z.boolean(), POLICY),
    min_compatible_version: readBy(z.string().nullable(), POLICY),
  }),
)

const product = { product_id: 'prod_momentum_001' }
const creator = { 'x-user-id': 'user_123' }
const somebody = { 'x-user-id': 'user_456' }
const first = {
  version: '1.0.0',
  status: 'published',
  created_at: '2026-01-05T00:00:00Z',
  description: 'Version 1.0.0',
  breaking_changes: false,
  min_compatible_version: null,
}
const second = { ...first, version: '1.1.0', created_at: '2026-01-10T00:00:00Z', description: 'Version 1.1.0' }

export const versionOperations = {
  setVersionPolicy: put('/api/v1/products/:product_id/version-policy', () => ({
    summary: 'Decides which version the subscribers of a product run; its creator alone may.',
    body: py.object({
      version_policy: py.literal(['locked', 'auto', 'range']),
      min_version: py.optional(py.str()),
      max_version: py.optional(py.str()),
      pinned_version: py.optional(py.str()),
    }),
    responses: { 200: z.strictObject({ product_id: z.string(), ...versionInfo().shape }), 400: refused(), 403: refused(), 404: refused() },
    auth: fromGateway,
    evidence: 'client',
    source: 'C1 §5.2 MP-6; inferred: 400 for a policy that cannot be kept, and that locked without a version pins what runs now',
    examples: {
      range: {
        params: product,
        headers: creator,
        body: { version_policy: 'range', min_version: '1.0.0', max_version: '1.9.9', pinned_version: null },
        reply: {
          status: 200,
          body: {
            ...product,
            policy: 'range',
            current_version: '1.0.0',
            effective_version: '1.0.0',
            min_version: '1.0.0',
            max_version: '1.9.9',
            pinned_version: null,
            last_updated: '2026-01-17T09:15:30Z',
          },
        },
      },
      impossible: {
        params: product,
        headers: creator,
        body: { version_policy: 'locked', pinned_version: '9.9.9' },
        reply: { status: 400, body: { detail: 'Version 9.9.9 is not published' } },
      },
      stranger: {
        params: product,
        headers: somebody,
        body: { version_policy: 'auto' },
        reply: { status: 403, body: { detail: 'Not authorized to change the version policy of this product' } },
      },
    },
  })),
  listVersions: get('/api/v1/products/:product_id/versions', () => ({
    summary: 'The versions of a product, newest first; drafts are shown to its creator and to services.',
    responses: { 200: z.strictObject({ product_id: z.string(), versions: readBy(z.array(version()), POLICY), total_count: z.int() }), 404: refused() },
    auth: fromGateway,
    evidence: 'client',
    source: 'C1 §5.2 MP-7; inferred: the order, and who sees drafts',
    examples: {
      creator: {
        params: product,
        headers: creator,
        reply: { status: 200, body: { ...product, versions: [{ ...second, status: 'draft' }, first], total_count: 2 } },
      },
      unknown: { params: { product_id: 'prod_nobody' }, reply: noProduct },
    },
  })),
  publishVersion: post('/api/v1/products/:product_id/versions/:version/publish', () => ({
    summary: 'Makes a draft the creator’s newest version; whether subscribers follow is for the policy to say.',
    body: py.object({ breaking_changes: py.bool().default(false) }),
    responses: {
      200: z.strictObject({ product_id: z.string(), ...version().shape, version_info: versionInfo() }),
      403: refused(),
      404: refused(),
      409: refused(),
    },
    auth: fromGateway,
    evidence: 'client',
    source: 'C1 §5.2 MP-8; inferred: 409 for a version that is no draft',
    examples: {
      published: {
        params: { ...product, version: '1.1.0' },
        headers: creator,
        body: { breaking_changes: false },
        reply: {
          status: 200,
          body: {
            ...product,
            ...second,
            version_info: {
              policy: 'auto',
              current_version: '1.1.0',
              effective_version: '1.1.0',
              min_version: null,
              max_version: null,
              pinned_version: null,
              last_updated: '2026-01-17T09:15:30Z',
            },
          },
        },
      },
      stranger: {
        params: { ...product, version: '1.1.0' },
        headers: somebody,
        body: { breaking_changes: false },
        reply: { status: 403, body: { detail: 'Not authorized to publish versions of this product' } },
      },
      again: {
        params: { ...product, version: '1.0.0' },
        headers: creator,
        body: { breaking_changes: false },
        reply: { status: 409, body: { detail: 'Version 1.0.0 is already published' } },
      },
      unknown: {
        params: { ...product, version: '9.9.9' },
        headers: creator,
        body: { breaking_changes: true },
        reply: { status: 404, body: { detail: 'Version 9.9.9 not found' } },
      },
    },
  })),
}
