import { text, toggle, whole } from './flag.ts'

/** What every import asks for besides its file. */
export const importFlags = {
  service: text('what to call the service, e.g. orders', { value: 'NAME', initial: undefined, shown: 'after what the file says' }),
  port: whole('the port of the fake', { value: 'N', min: 1, max: 65_535, initial: undefined, shown: 'what the file says' }),
  out: text('a file for the draft, or a folder', { value: 'PATH', initial: undefined, shown: 'standard output' }),
  force: toggle('write over a file that is there'),
  inside: toggle('import from ./kit/, for a contract in mock-suite’s own contracts/'),
}
