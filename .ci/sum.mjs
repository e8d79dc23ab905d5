// Adds up what vitest and pytest counted, as the one line that says it all.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
const vitest = JSON.parse(readFileSync(join(folder, 'vitest.json'), 'utf8'))
const clients = [...readFileSync(join(folder, 'clients.txt'), 'utf8').matchAll(/(\d+) passed/g)].reduce((sum, [, count]) => sum + Number(count), 0)
console.log(`${vitest.numPassedTests + clients} passed, ${vitest.numFailedTests} failed, ${vitest.numPendingTests} skipped`)
