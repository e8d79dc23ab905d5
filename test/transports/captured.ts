import { readFileSync } from 'node:fs'
import type { ServiceName } from '../../mocks/index.ts'

/** A request as a real client of the signal service put it on the wire. */
export interface Captured {
  service: ServiceName
  method: string
  target: string
  headers: [string, string][]
  body: string
}

/** The world's keys, for those of the capture. */
const KEYS: Record<string, string> = {
  'Bearer test-config-key': 'Bearer mock-config-key-4f1d9c7a2b8e',
  'test-internal-key-0123456789': 'mock-internal-key-7c3e5a9d1f60',
  'test-gateway-secret-0123456789': 'mock-gateway-secret-b84d2e6f90a1',
}

/** All captured requests to services of ours, in their order, with the world's keys in place of the captured ones. */
export const captured: readonly Captured[] = readFileSync(new URL('./fixtures/wire-requests.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Captured)
  .map((request) => ({ ...request, headers: request.headers.map(([name, value]) => [name, KEYS[value] ?? value]) }))
