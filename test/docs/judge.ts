import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type BuildFailure, build, type Plugin } from 'esbuild'
import { root } from '../house/files.ts'
import type { Example } from './examples.ts'
import { holdToItsWord } from './spoken.ts'

/** What a user imports, and the file behind it. */
const DOORS: Readonly<Record<string, string>> = {
  'mock-suite': join(root, 'mocks/index.ts'),
  'mock-suite/contracts': join(root, 'contracts/index.ts'),
  'mock-suite/in-process': join(root, 'mocks/in-process.ts'),
  'mock-suite/client': join(root, 'mocks/client.ts'),
  'mock-suite/worker-env': join(root, 'mocks/worker-env.ts'),
  'mock-suite/vitest': join(root, 'mocks/vitest.ts'),
  'mock-suite/global-setup': join(root, 'bin/global-setup.ts'),
  'mock-suite/global-teardown': join(root, 'bin/global-teardown.ts'),
  'mock-suite/recording': join(root, 'mocks/recording.ts'),
  'mock-suite/drift': join(root, 'mocks/drift.ts'),
  'mock-suite/wiremock': join(root, 'mocks/kit/wiremock/index.ts'),
}

/** How long the compiler and all examples together may take, in milliseconds. */
const PATIENCE = 180_000

/** What is wrong with each example, by its id: as the compiler sees it, and when it runs. */
export async function judge(examples: readonly Example[]): Promise<Map<string, string[]>> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'mock-suite-docs-')))
  try {
    await symlink(join(root, 'node_modules'), join(home, 'node_modules'))
    await writeFile(join(home, 'package.json'), '{ "type": "module" }')
    const [types, runs] = await Promise.all([
      compile(home, examples),
      run(
        home,
        examples.filter(({ runs }) => runs),
      ),
    ])
    return new Map(examples.map(({ id }) => [id, [...(types.get(id) ?? []), ...(runs.get(id) ?? [])]]))
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

type Findings = ReadonlyMap<string, readonly string[]>

async function compile(home: string, examples: readonly Example[]): Promise<Findings> {
  const written = await write(join(home, 'typed'), examples, ({ code }) => code)
  const compilerOptions = { paths: Object.fromEntries(Object.entries(DOORS).map(([door, file]) => [door, [file]])), noUnusedLocals: false }
  await writeFile(
    join(home, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: [], files: [...written.values()] }),
  )
  const { stdout } = await execute(join(root, 'node_modules/.bin/tsc'), ['-p', home, '--pretty', 'false'], home)
  return new Map(
    [...written].map(([id, file]) => {
      const mine = stdout.split('\n').filter((line) => line.startsWith(`${file.slice(home.length + 1)}(`))
      return [id, mine.map((line) => line.replace(/^.*\.md\.\d+\.ts|^.*\.ts\.\d+\.ts/, id.replace(/:\d+$/, '')))]
    }),
  )
}

async function run(home: string, examples: readonly Example[]): Promise<Findings> {
  const written = await write(join(home, 'spoken'), examples, ({ code, file, line }) => holdToItsWord(code, file, line))
  const outdir = join(home, 'run')
  const { built, broken } = await bundle(written, outdir)
  const outputs = new Map([...built].map(([id, file]) => [join(outdir, `${outputOf(file)}.js`), id]))
  const { stdout, stderr } = await execute(process.execPath, ['--enable-source-maps', join(outdir, 'runner.js'), ...outputs.keys()], home)
  const told = stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as { file: string; failures: string[] }] : []))
  const verdicts = new Map([...broken, ...told.map(({ file, failures }) => [outputs.get(file) as string, failures] as const)])
  return new Map(examples.map(({ id }) => [id, verdicts.get(id) ?? [`did not run: ${stderr}`]]))
}

interface Bundled {
  built: ReadonlyMap<string, string>
  /** What cannot be built, and why not. */
  broken: ReadonlyMap<string, readonly string[]>
}

/** All of them with what they share in common; without those that cannot be built. */
async function bundle(written: ReadonlyMap<string, string>, outdir: string): Promise<Bundled> {
  try {
    await build({
      entryPoints: [join(root, 'test/docs/runner.ts'), ...written.values()].map((file) => ({ in: file, out: outputOf(file) })),
      outdir,
      bundle: true,
      splitting: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: true,
      logLevel: 'silent',
      plugins: [doors],
    })
    return { built: written, broken: new Map() }
  } catch (error) {
    const told = (error as BuildFailure).errors.map(({ text, location }) => ({ file: location?.file ?? '', text: `line ${location?.line}: ${text}` }))
    const guilty = [...written].filter(([, path]) => told.some(({ file }) => path.endsWith(outputOf(file))))
    if (guilty.length === 0) throw error
    const rest = await bundle(new Map([...written].filter((one) => !guilty.some(([id]) => id === one[0]))), outdir)
    const mine = (path: string) => told.filter(({ file }) => path.endsWith(outputOf(file))).map(({ text }) => text)
    return { built: rest.built, broken: new Map([...rest.broken, ...guilty.map(([id, path]) => [id, mine(path)] as const)]) }
  }
}

/** `…/spoken/docs/library.md.12.ts` is built as `docs/library.md.12`. */
function outputOf(file: string): string {
  return file.startsWith(root) ? 'runner' : file.replace(/^.*?\/spoken\//, '').replace(/\.ts$/, '')
}

const doors: Plugin = {
  name: 'doors',
  setup: ({ onResolve }) => onResolve({ filter: /^mock-suite(?:\/|$)/ }, ({ path }) => (DOORS[path] === undefined ? null : { path: DOORS[path] })),
}

/** Each example in a file of its own, on the lines on which people read it. */
async function write(folder: string, examples: readonly Example[], render: (example: Example) => string): Promise<Map<string, string>> {
  const written = examples.map((example) => [example.id, join(folder, `${example.file}.${example.line}.ts`), example] as const)
  for (const [, path, example] of written) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, '\n'.repeat(example.line - 1) + anchored(render(example), example.file))
  }
  return new Map(written.map(([id, path]) => [id, path]))
}

/** What stands beside an example in the project is imported from there. */
function anchored(code: string, file: string): string {
  return code.replace(/(\bfrom )'(\.\.?\/[^']+)'/g, (_, from: string, path: string) => `${from}'${join(root, dirname(file), path)}'`)
}

function execute(command: string, args: readonly string[], cwd: string): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, timeout: PATIENCE, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) => resolve({ stdout, stderr }))
  })
}
