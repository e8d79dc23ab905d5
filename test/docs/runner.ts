// Imports one example after the other and tells what became of each, a line of JSON for each; started by judge.ts.
import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { format, inspect, isDeepStrictEqual } from 'node:util'

/** How long one example may take, in milliseconds. */
const PATIENCE = 20_000

const failures: string[] = []
Object.assign(globalThis, {
  __prints(expected: string, where: string, ...values: unknown[]) {
    const told = format(...values)
    if (told !== expected) failures.push(`${where}: prints ${told}, not ${expected}`)
  },
  __holds(value: unknown, expected: unknown, where: string) {
    if (!isDeepStrictEqual(value, expected)) failures.push(`${where}: is ${inspect(value, { depth: 9 })}, not ${inspect(expected, { depth: 9 })}`)
  },
})
console.log = () => {}
process.on('uncaughtException', (error) => failures.push(`nobody caught ${error.stack}`))
process.on('unhandledRejection', (error) => failures.push(`nobody caught ${(error as Error).stack}`))

for (const file of process.argv.slice(2)) {
  const late = Symbol('late')
  try {
    const deadline = new Promise((resolve) => setTimeout(resolve, PATIENCE, late).unref())
    if ((await Promise.race([import(pathToFileURL(file).href), deadline])) === late) failures.push(`does not come to an end within ${PATIENCE} ms`)
    // What it left behind may still fail.
    await new Promise((resolve) => setImmediate(resolve))
  } catch (error) {
    failures.push((error as Error).stack ?? String(error))
  }
  writeSync(1, `${JSON.stringify({ file, failures: failures.splice(0) })}\n`)
}
process.exit(0)
