import assert from 'node:assert/strict'
import { startSuite } from 'mock-suite'

for (const door of process.argv.slice(2)) assert.equal(typeof (await import(door)), 'object', door)

const suite = await startSuite({ services: ['config'], ports: 'auto' })
assert.equal((await fetch(`${suite.url('config')}/health`)).status, 200)
await suite.stop()
