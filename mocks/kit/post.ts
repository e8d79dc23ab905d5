import type { Service } from './service.ts'

/** Where a service answers. Whoever brings requests there asks anew for each who stands there: a renewal of the suite puts another in its place. */
export interface Post {
  service: Service
}
