// Starts every fake once, asks each for its health and the control API for its state, and keeps what V8 compiled for it:
// the next start compiles none of that again. Part of the build; a Node of another version does without.
import { writeFileSync } from 'node:fs'

const { starters, cache } = await import('../dist/bin/commands/starters.js')
const defaults = Object.fromEntries(Object.entries(starters.startAll.flags).map(([name, { initial }]) => [name, initial]))
const flags = { ...defaults, ports: 'auto', json: true }

const started = new Promise((print) => {
  const talk = { tell() {}, warn: console.error, paint: (_, text) => text, quiet() {} }
  const terminal = { print, json: JSON.stringify, ...talk, unread: AbortSignal.abort(), flushed: async () => {} }
  starters.startAll.run({ flags, args: [], terminal })
})
const { lanes, control } = JSON.parse(await started)
const urls = [...Object.values(lanes[0].services).map((url) => `${url}/health`), `${control.url}/readyz`, `${control.url}/v1/suite`]
for (const url of urls) await (await fetch(url)).arrayBuffer()

writeFileSync('dist/bin/commands/starters.cjs.cache', cache())
process.exit(0)
