import { driftReport } from '../../mocks/drift.ts'

// One comparison in a process of its own, whose memory is then its own too.
const [recording = ''] = process.argv.slice(2)
const from = performance.now()
const { counts } = await driftReport({ recordings: [recording], services: ['alert'], now: Date.now() })
if (counts.compared === 0) throw new Error(`nothing was compared of ${recording}`)
console.log(JSON.stringify({ took: performance.now() - from, memory: process.resourceUsage().maxRSS / 1024 }))
