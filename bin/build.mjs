// Builds dist/: the command line with everything in it, the library with its dependencies outside, and declarations;
// with --program all but the declarations (the library is a part of the program: configuration files import it).
//
// Start-up is modules: how many there are to find, and how much text there is to compile. So the door is one small
// module that knows the commands' names; behind it each command, or family of them, is a bundle of its own. The starters
// are one script whose compiled code is kept beside it. See docs/performance.md for what that is worth.
import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const STARTERS = { 'start-all': 'startAll', start: 'start' }

/** Commands that stand on the same code; every other one stands alone. What two bundles share is in both: disk, no time. */
const families = [
  ['status', 'wait', 'stop', 'logs', 'reset', 'journal', 'inbox', 'clock', 'world', 'coverage', 'verify'],
  ['scenario', 'plan'],
  ['drift', 'trust'],
]

const common = { bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' }
const modules = { ...common, format: 'esm', splitting: true }
// Names stay: a stack trace is for people.
const small = { minifyWhitespace: true, minifySyntax: true }
// CommonJS packages inside an ES module bundle still ask for `require`.
const banner = { js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);" }

const all = !process.argv.includes('--program')
for (const folder of ['dist/bin', 'dist/lib', ...(all ? ['dist/types'] : [])]) rmSync(folder, { recursive: true, force: true })
await Promise.all([door(), starters(), ...commands(), library()])
execFileSync(process.execPath, ['bin/train.mjs'], { stdio: 'inherit', timeout: 60_000 })
if (all) execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })

function door() {
  const apart = {
    name: 'commands are bundles of their own',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/commands\/.+\.ts$/ }, ({ path }) => ({ path: path.replace(/\.ts$/, '.js'), external: true }))
    },
  }
  // What reads TypeScript comes only to those who have a configuration file, and is a package of its own.
  return build({ ...modules, external: ['jiti'], ...small, banner, entryPoints: ['bin/mock-suite.ts'], outdir: 'dist/bin', plugins: [apart] })
}

async function starters() {
  const entries = Object.entries(STARTERS)
  const contents = entries.map(([file, name]) => `export { ${name} } from './bin/commands/${file}.ts'`).join('\n')
  const program = { stdin: { contents, resolveDir: '.', loader: 'ts' }, outfile: 'dist/bin/commands/starters.cjs' }
  const loader = {
    stdin: {
      contents: `import { runCompiled } from './bin/kit/code-cache.ts'\nexport const { exports: starters, warm, cache } = runCompiled(new URL('./starters.cjs', import.meta.url))`,
      resolveDir: '.',
      loader: 'ts',
    },
    outfile: 'dist/bin/commands/starters.js',
  }
  // A script has no import.meta; the folder that it lies in is what is asked of it.
  const define = { 'import.meta.dirname': '__folder' }
  const folder = { js: "const __folder = require('node:path').dirname(require.resolve('./starters.cjs'));" }
  await Promise.all([
    build({ ...common, ...small, ...program, define, banner: folder, format: 'cjs' }),
    build({ ...common, ...small, ...loader, format: 'esm' }),
  ])
  for (const [file, name] of entries)
    writeFileSync(`dist/bin/commands/${file}.js`, `import { starters } from './starters.js'\nexport const { ${name} } = starters\n`)
}

function commands() {
  const names = readdirSync('bin/commands').map((file) => file.replace(/\.ts$/, ''))
  const alone = names.filter((name) => !(name in STARTERS) && !families.flat().includes(name)).map((name) => [name])
  return [...families, ...alone].map((family) => {
    const entryPoints = family.map((name) => `bin/commands/${name}.ts`)
    return build({ ...modules, ...small, banner, entryPoints, outdir: 'dist/bin/commands', chunkNames: `${family[0]}-[hash]` })
  })
}

function library() {
  const entryPoints = {
    index: 'mocks/index.ts',
    contracts: 'contracts/index.ts',
    'in-process': 'mocks/in-process.ts',
    client: 'mocks/client.ts',
    'worker-env': 'mocks/worker-env.ts',
    vitest: 'mocks/vitest.ts',
    'global-setup': 'bin/global-setup.ts',
    'global-teardown': 'bin/global-teardown.ts',
    recording: 'mocks/recording.ts',
    drift: 'mocks/drift.ts',
    wiremock: 'mocks/kit/wiremock/index.ts',
  }
  return build({ ...modules, entryPoints, outdir: 'dist/lib', packages: 'external' })
}
