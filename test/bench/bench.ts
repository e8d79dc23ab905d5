import { drift } from './drift.ts'
import { duty } from './duty.ts'
import type { Figure } from './figure.ts'
import { lateness } from './lateness.ts'
import { memory } from './memory.ts'
import { relay } from './relay.ts'
import { slope } from './slope.ts'
import { start } from './start.ts'
import { store } from './store.ts'

// npm run bench [-- --smoke] [-- duty slope lateness start memory store drift relay]
// Prints one table, every figure beside its reference and measured in this run. No test asserts a time: people read this.
const smoke = process.argv.includes('--smoke')
const effort = smoke ? { amount: 500, rounds: 1 } : { amount: 10_000, rounds: 5 }
const parts = { duty, slope, lateness, start, memory, store, drift, relay }
const asked = process.argv.slice(2).filter((name) => name in parts)

const figures: Figure[] = []
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  process.stderr.write(`measuring ${name} …\n`)
  figures.push(...(await measure(effort)))
}

console.log(`\nNode ${process.version}, ${process.platform} ${process.arch}${smoke ? ' – smoke run: the figures mean nothing' : ''}\n`)
console.log('| what | measured | must | aim |\n|---|---|---|---|')
for (const { what, measured, must, aim } of figures) console.log(`| ${what} | ${measured} | ${must} | ${aim} |`)
