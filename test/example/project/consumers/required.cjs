// CommonJS: `require` takes an ES module from Node 20.19 on.
const assert = require('node:assert/strict')
const { startSuite, MockSuiteError } = require('mock-suite')
const { contracts } = require('mock-suite/contracts')

for (const door of process.argv.slice(2)) assert.equal(typeof require(door), 'object', door)

async function main() {
  const suite = await startSuite({ services: ['config'], ports: 'auto' })
  const reply = await fetch(`${suite.url('config')}/health`)
  assert.equal(reply.status, 200)
  assert.equal(contracts.config.port, 8092)
  await assert.rejects(startSuite({ services: ['confg'], ports: 'none' }), MockSuiteError)
  await suite.stop()
}

main()
