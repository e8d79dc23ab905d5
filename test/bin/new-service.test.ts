import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { root } from '../house/files.ts'
import { built } from './built.ts'
import { run } from './process.ts'
import { project } from './team.ts'

beforeAll(built, 120_000)

/** An empty repository with the packages that a team installs. */
function repository(files: Readonly<Record<string, string>> = {}): string {
  const home = project(files)
  mkdirSync(join(home, 'node_modules'))
  symlinkSync(root, join(home, 'node_modules/mock-suite'))
  for (const name of ['zod', 'vitest', '@types']) symlinkSync(join(root, 'node_modules', name), join(home, 'node_modules', name))
  return home
}

const filesIn = (home: string) =>
  (readdirSync(home, { recursive: true, withFileTypes: true }) as { name: string; parentPath: string; isFile(): boolean }[])
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name).slice(home.length + 1))
    .toSorted()

async function newService(home: string, ...words: string[]) {
  const { stdout, stderr, exitCode } = await run(['new', 'service', ...words, '--json'], {}, home)
  return {
    code: exitCode,
    stderr,
    ...(JSON.parse(stdout) as { port: number; next: string[]; files: object[]; byHand: { lines: string[]; why: string } | null }),
  }
}

const read = (home: string, file: string) => readFileSync(join(home, file), 'utf8')

test('in an empty repository it writes what a service consists of, and a configuration that names it', async () => {
  const home = repository()
  expect(await newService(home, 'order-book')).toMatchObject({
    code: 0,
    service: 'order-book',
    port: 8702,
    host: 'order-book-service',
    variable: 'ORDER_BOOK_SERVICE_URL',
    byHand: null,
    next: ['npx vitest run test/order-book.test.ts', 'npx mock-suite start order-book'],
  })
  const expected = [
    'contracts/order-book.ts',
    'mock-suite.config.ts',
    'mocks/order-book.ts',
    'scenarios/order-book/order-book-down.yaml',
    'test/order-book.test.ts',
  ]
  expect(filesIn(home).filter((file) => !file.startsWith('node_modules'))).toEqual(expected)
  expect((await run(['contracts', 'show', 'order-book', 'createEntry'], {}, home)).stdout).toContain('POST /api/v1/entries')
  expect((await run(['scenario', 'check', 'order-book-down'], {}, home)).exitCode).toBe(0)
})

test('its files compile, and its tests pass as they stand', async () => {
  const home = repository()
  // One of them has a name that its own files use.
  for (const name of ['order-book', 'entry']) await newService(home, name)
  const paths = { 'mock-suite': [join(root, 'mocks/index.ts')], 'mock-suite/contracts': [join(root, 'contracts/index.ts')] }
  const files = filesIn(home).filter((file) => file.endsWith('.ts') && !file.startsWith('node_modules'))
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: { paths }, include: [], files }))
  expect(execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', home, '--pretty', 'false'], { encoding: 'utf8' })).toBe('')
  expect(execFileSync(join(root, 'node_modules/.bin/vitest'), ['run', '--root', home], { cwd: home, encoding: 'utf8' })).toContain('2 passed')
}, 240_000)

test('a second service takes another port, and a line beside the first; the rest of the file stays as it was', async () => {
  const home = repository({
    'mock-suite.config.ts': `// services: { not here }
import { defineConfig } from 'mock-suite'

export default defineConfig({
  lanes: 2, // two are enough
  seed: 7,
})
`,
  })
  const [first, second] = [await newService(home, 'ledger'), await newService(home, 'payment-service')]
  expect([first.byHand, second.byHand, second.port === first.port]).toEqual([null, null, false])
  expect(read(home, 'mock-suite.config.ts')).toBe(`// services: { not here }
import { defineConfig } from 'mock-suite'
import { ledgerMock } from './mocks/ledger.ts'
import { paymentServiceMock } from './mocks/payment-service.ts'

export default defineConfig({
  lanes: 2, // two are enough
  seed: 7,
  services: { ledger: ledgerMock, 'payment-service': paymentServiceMock },
  scenarios: './scenarios',
})
`)
  expect((await run(['env'], {}, home)).stdout).toMatch(/LEDGER_SERVICE_URL=.*\n(.*\n)*PAYMENT_SERVICE_URL=/)
}, 30_000)

test.each([
  [
    'on lines of their own',
    '{\n  services: {\n    other,\n  },\n}',
    "{\n  services: {\n    other,\n    ledger: ledgerMock,\n  },\n  scenarios: './scenarios',\n}",
  ],
  [
    'without a last comma',
    '{\n  services: {\n    other // ours\n  }\n}',
    "{\n  services: {\n    other, // ours\n    ledger: ledgerMock,\n  },\n  scenarios: './scenarios',\n}",
  ],
  ['none yet', '{ services: {} }', "{ services: { ledger: ledgerMock }, scenarios: './scenarios' }"],
  ['in nothing at all', '{}', "{ services: { ledger: ledgerMock }, scenarios: './scenarios' }"],
  [
    'with a type',
    '{\n  services: { other },\n} satisfies object',
    "{\n  services: { other, ledger: ledgerMock },\n  scenarios: './scenarios',\n} satisfies object",
  ],
])('services that are listed %s', async (_, before, after) => {
  const head = `import type { Configuration } from 'mock-suite'\nimport {\n  other,\n} from './other.mjs'\n`
  const home = repository({ 'mock-suite.config.ts': `${head}\nexport type All = Configuration | typeof other\nexport default ${before}\n`, 'other.mjs': OTHER })
  expect(await newService(home, 'ledger')).toMatchObject({ code: 0, byHand: null })
  expect(read(home, 'mock-suite.config.ts')).toBe(
    `${head}import { ledgerMock } from './mocks/ledger.ts'\n\nexport type All = Configuration | typeof other\nexport default ${after}\n`,
  )
})

const OTHER = `export const other = {
  contract: { service: 'other', title: 'Other', port: 8766, host: 'other', env: {}, operations: {} },
  behaviour: { operations: {} },
}
`

test.each([
  ['mock-suite.config.yaml', 'seed: 7\n', 'services are code'],
  ['mock-suite.config.ts', "import { other } from './other.mjs'\nconst services = { other }\nexport default { services }\n", 'cannot be told for certain'],
  ['mock-suite.config.cjs', 'module.exports = { seed: 7 }\n', 'cannot be told for certain'],
  ['mock-suite.config.ts', "import { other } from './other.mjs'\nexport default { 'services': { other } }\n", 'does not say what it should'],
])('%s is left as it was where %j does not show where a line belongs: the line is told', async (name, text, why) => {
  const home = repository({ [name]: text, 'other.mjs': OTHER })
  const { code, stderr, byHand } = await newService(home, 'ledger')
  expect({ code, why: byHand?.why }).toEqual({ code: 0, why: expect.stringContaining(why) })
  expect(stderr).toContain("  import { ledgerMock } from './mocks/ledger.ts'\n  services: { ledger: ledgerMock }")
  expect(read(home, name)).toBe(text)
  expect(existsSync(join(home, 'mocks/ledger.ts'))).toBe(true)
})

test('a file that is there already is named, and nothing is written', async () => {
  const home = repository({ 'test/ledger.test.ts': 'mine' })
  const { exitCode, stderr } = await run(['new', 'service', 'ledger'], {}, home)
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('test/ledger.test.ts: there already') })
  expect(filesIn(home).filter((file) => !file.startsWith('node_modules'))).toEqual(['test/ledger.test.ts'])
})

test('where one file cannot be written, those before it are taken back', async () => {
  const home = repository({ scenarios: 'a file in the place of a folder' })
  const { exitCode, stderr } = await run(['new', 'service', 'ledger'], {}, home)
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('Nothing is written') })
  expect(readdirSync(home).toSorted()).toEqual(['.git', 'node_modules', 'scenarios'])
})

test('--dry-run tells all and writes nothing', async () => {
  const home = repository()
  const { stdout, stderr, exitCode } = await run(['new', 'service', 'ledger', '--dry-run'], {}, home)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'nothing is written' })
  expect(stdout.split('\n')).toContain('created  contracts/ledger.ts')
  expect(readdirSync(home).toSorted()).toEqual(['.git', 'node_modules'])
})

test.each([
  ['Ledger', 'in lower case'],
  ['order_book', 'in lower case'],
  ['../ledger', 'in lower case'],
  ['order--book', 'in lower case'],
  ['a'.repeat(41), '40 letters at most'],
  ['alert', 'there is a service of that name'],
  ['control', 'a meaning of its own'],
  ['alert-service', 'alert-service is where alert is'],
])('a service cannot be called %s', async (name, message) => {
  const { exitCode, stderr } = await run(['new', 'service', name], {}, repository())
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) })
})

test('--port is refused where somebody else listens', async () => {
  const { exitCode, stderr } = await run(['new', 'service', 'ledger', '--port', '8085'], {}, repository())
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('--port 8085: alert listens there') })
})

test('a service that the port registry plans is where it is planned', async () => {
  expect(await newService(repository(), 'calendar')).toMatchObject({ port: 8093, host: 'calendar-service', variable: 'CALENDAR_SERVICE_URL' })
})

test('what is missing is in the first line of what to do next', async () => {
  expect((await newService(project({}), 'ledger')).next[0]).toBe('npm install --save-dev mock-suite zod vitest')
})
