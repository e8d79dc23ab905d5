import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// The reference: bare node:http that reads what the fake reads (JSON) and writes what the fake writes (JSON, the same headers),
// and does nothing else. With `ready`, its answer is made once: what no server that answers from data can reach. With `delay`, a timer
// of so many milliseconds stands before it.
const { replies, ready, delay } = JSON.parse(process.argv[2] ?? '{}') as {
  replies: { method: string; status: number; headers: string[]; body: string }[]
  ready: boolean
  delay?: number
}
const byMethod = new Map(replies.map((reply) => [reply.method, { ...reply, value: JSON.parse(reply.body) as unknown }]))

const server = createServer((request, response) => {
  const reply = byMethod.get(request.method ?? 'GET')
  if (reply === undefined) return response.writeHead(404).end()
  const answer = () => {
    response.sendDate = false
    response.removeHeader('connection')
    const body = ready ? reply.body : JSON.stringify(reply.value)
    response.writeHead(reply.status, reply.headers)
    response.end(body)
  }
  if (delay !== undefined) return setTimeout(answer, delay)
  if (request.headers['content-length'] === undefined) return answer()
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    if (!ready) JSON.parse(body.toString('utf8'))
    answer()
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`))
