import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// The reference: bare node:http that reads what the fake reads and writes what the fake writes, and does nothing else.
const replies = JSON.parse(process.argv[2] ?? '[]') as { method: string; status: number; headers: string[]; body: string }[]
const byMethod = new Map(replies.map((reply) => [reply.method, reply]))

const server = createServer((request, response) => {
  const reply = byMethod.get(request.method ?? 'GET')
  if (reply === undefined) return response.writeHead(404).end()
  const answer = () => {
    response.sendDate = false
    response.removeHeader('connection')
    response.writeHead(reply.status, reply.headers)
    response.end(reply.body)
  }
  if (request.headers['content-length'] === undefined) return answer()
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    Buffer.concat(chunks)
    answer()
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`))
