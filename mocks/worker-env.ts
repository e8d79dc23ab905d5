import { joinLane } from './client.ts'

// Before anything reads it: a service may look up its neighbours' addresses when it is imported.
Object.assign(process.env, (await joinLane()).env)
