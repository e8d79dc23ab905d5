// Builds dist/: the command line with everything in it, the library with its dependencies outside, and declarations;
// with --program the command line alone.
// Start-up is modules: how many there are to find, and how much text there is to compile. So the door is one small
// module that knows the commands' names, and behind it each command, or family of them, is a bundle of its own.
// What they share is in each, which costs disk and no time. See docs/performance.md for what that is worth.
import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

/** Commands that stand on the same code; every other one stands alone. */
const families = [
  ['start-all', 'start'],
  ['status', 'reset', 'journal', 'inbox', 'clock', 'world'],
]

const common = { bundle: true, platform: 'node', format: 'esm', target: 'node20', splitting: true, logLevel: 'warning' }
// CommonJS packages inside an ES module bundle still ask for `require`.
const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }
// Names stay: a stack trace is for people.
const program = { ...common, banner, minifyWhitespace: true, minifySyntax: true }

const door = {
  name: 'commands are bundles of their own',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/commands\/.+\.ts$/ }, ({ path }) => ({ path: path.replace(/\.ts$/, '.js'), external: true }))
  },
}

const names = readdirSync('bin/commands').map((file) => file.replace(/\.ts$/, ''))
const alone = names.filter((name) => !families.flat().includes(name)).map((name) => [name])
const commandBundle = (family) =>
  build({ ...program, entryPoints: family.map((name) => `bin/commands/${name}.ts`), outdir: 'dist/bin/commands', chunkNames: `${family[0]}-[hash]` })

await Promise.all([
  rebuild('dist/bin', () => [
    build({ ...program, entryPoints: ['bin/mock-suite.ts'], outdir: 'dist/bin', plugins: [door] }),
    ...[...families, ...alone].map(commandBundle),
  ]),
  ...(process.argv.includes('--program')
    ? []
    : [
        rebuild('dist/lib', () => [
          build({
            ...common,
            entryPoints: { index: 'mocks/index.ts', contracts: 'contracts/index.ts', 'in-process': 'mocks/in-process.ts' },
            outdir: 'dist/lib',
            packages: 'external',
          }),
        ]),
      ]),
])
if (!process.argv.includes('--program')) {
  rmSync('dist/types', { recursive: true, force: true })
  execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
}

function rebuild(folder, builds) {
  rmSync(folder, { recursive: true, force: true })
  return Promise.all(builds())
}
