export { asked } from './asked.ts'
export { matches } from './matches.ts'
export { render, rendered } from './render.ts'
