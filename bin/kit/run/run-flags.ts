import { list, text, toggle, whole } from '../flag.ts'
import { starterFlags } from '../starter.ts'
import { verifyFlags } from '../verify-flags.ts'
import { reportFlag } from './report-flag.ts'

/** The flags of a run: those of the starters, and what becomes of it. */
export const runFlags = {
  services: list('which fakes to start, e.g. alert,config', { value: 'NAME', names: 'service', initial: [], shown: 'all of them' }),
  ...starterFlags,
  ...verifyFlags,
  noVerify: toggle('do not judge how the fakes were used'),
  report: reportFlag,
  failUnder: whole('exit 1 when fewer percent of the failures were met, as coverage counts them', {
    value: 'PERCENT',
    min: 0,
    max: 100,
    initial: undefined,
    shown: 'never',
  }),
  bundle: text('where the bundle of a run that fails goes: what `replay` needs to have it again', {
    value: 'FOLDER',
    initial: undefined,
    shown: 'none is written',
  }),
  outliveParent: toggle('go on when whoever started this run is gone'),
}
