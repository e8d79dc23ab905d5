// Bundles the bench as the product is bundled, so that what is measured is what ships, and runs it.
import { spawnSync } from 'node:child_process'
import { build } from 'esbuild'

await build({
  entryPoints: ['test/bench/bench.ts', 'test/bench/suite.ts', 'test/bench/bare.ts', 'test/bench/drift-run.ts', 'test/bench/relay-run.ts'],
  outdir: 'dist/bench',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
})
const { status } = spawnSync(process.execPath, ['dist/bench/bench.js', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
