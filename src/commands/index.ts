import type {Command} from '../command.ts'
import {coverageCommand} from './coverage.ts'
import {explainCommand} from './explain.ts'
import {leftoversCommand} from './leftovers.ts'
import {mapCommand} from './map.ts'
import {optionsCommand} from './options.ts'
import {rolloutCommand} from './rollout.ts'
import {snapshotCommand} from './snapshot.ts'
import {statusCommand} from './status.ts'
import {whatIfCommand} from './what-if.ts'
import {whyCommand} from './why.ts'

export type {Command} from '../command.ts'

/** Every command by its name. `main` runs them; oclif reads here what it writes into its manifest. */
export const commands: Readonly<Record<string, Command>> = {
  coverage: coverageCommand,
  explain: explainCommand,
  leftovers: leftoversCommand,
  map: mapCommand,
  options: optionsCommand,
  rollout: rolloutCommand,
  snapshot: snapshotCommand,
  status: statusCommand,
  'what-if': whatIfCommand,
  why: whyCommand,
}
