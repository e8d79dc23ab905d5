// Orders a shipment, as a client would: node ask.mjs URL STATUS
import assert from 'node:assert/strict'

const [url, status] = process.argv.slice(2)
const headers = { 'content-type': 'application/json', 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const reply = await fetch(`${url}/shipments`, { method: 'POST', headers, body: '{"user_id":"user_parcel","weight_kg":2.5}' })
assert.equal(reply.status, Number(status), await reply.text())
