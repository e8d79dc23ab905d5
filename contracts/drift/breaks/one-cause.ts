import type { Break } from './break.ts'

/** What a refusal misses in a request is why it has its status, and a refusal that does not say what it misses has its status and nothing else. */
export function ofOneCause(reply: readonly Break[], request: readonly Break[]): Break[] {
  const isStatus = ({ part }: Break) => part === 'status'
  if (request.length === 0 || !reply.some(isStatus)) return [...reply, ...request]
  return request.some(({ pointer }) => pointer !== '') ? [...reply.filter((one) => !isStatus(one)), ...request] : [...reply]
}
