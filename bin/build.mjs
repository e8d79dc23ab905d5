// Builds dist/: the command line as one bundle with everything in it (start-up is imports), the library with its
// dependencies outside, and declarations. See docs/performance.md for what the bundle is worth.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })
const common = { bundle: true, platform: 'node', format: 'esm', target: 'node20', splitting: true, logLevel: 'warning' }
// CommonJS packages inside an ES module bundle still ask for `require`.
const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }

await Promise.all([
  build({ ...common, entryPoints: ['bin/mock-suite.ts'], outdir: 'dist/bin', banner, minifyWhitespace: true, minifySyntax: true, external: ['fsevents'] }),
  build({
    ...common,
    entryPoints: { index: 'mocks/index.ts', contracts: 'contracts/index.ts', 'in-process': 'mocks/in-process.ts' },
    outdir: 'dist/lib',
    packages: 'external',
  }),
])
execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
