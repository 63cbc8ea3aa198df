import type {Command} from '../command.ts'
import {questionCommand} from '../command.ts'
import type {Answering} from '../command-line/answering.ts'
import type {Argv} from '../command-line/argv.ts'
import {exitTexts} from '../command-line/exit-status.ts'
import {readFlags} from '../command-line/flag.ts'
import {questionFlags} from '../command-line/flags.ts'
import type {Naming} from '../command-line/names.ts'
import {nearest} from '../command-line/nearest.ts'
import {NOTHING, type Place, plainWords} from '../command-line/place.ts'
import {meant, UsageError} from '../command-line/usage-error.ts'
import type {WhatIfReport} from '../reports/what-if/report.ts'
import {whatIfs} from './what-if-changes.ts'
import {whatIfFlags as own} from './what-if-flags.ts'

const load = () =>
  Promise.all([
    import('../reports/what-if/question.ts'),
    import('../reports/what-if/refusal.ts'),
    import('../render/views/what-if.ts'),
  ])

const RIGHTS =
  'get of what it is about. Read besides, of the whole cluster: nodes, pods, persistentvolumeclaims, persistentvolumes, storageclasses, poddisruptionbudgets, statefulsets and daemonsets; where a driver attaches volumes, csinodes and volumeattachments.'

export const whatIfCommand: Command = {
  summary: 'What would happen if you drained, lost, scaled, updated, deleted, tainted this',
  description: `Nothing is done: what the controllers, the scheduler and the disruption budgets would do is worked out from what is there, round by round, to the end. The worst stands first; then what would be lost for good, who goes and comes back where, and what is taken for granted.

  drain NODE...            who is evicted, who is refused by which budget, who comes back where
  lose NODE... | zone/ZONE the same without a goodbye
  scale sts/NAME           with --replicas: who goes or comes, and which claims go with them
  update sts/NAME|ds/NAME  who is replaced in which order, and where it stops
  delete TYPE/NAME         a Pod, claim, StatefulSet or DaemonSet: what comes back, and what is lost
  taint|label NODE KEY=... which Pods are evicted, and which DaemonSets come and go
  cordon NODE              the same
  join --like NODE         which daemon Pods one more such node gets

A row of custom columns, and for --sort-by and -L, is an item of .pods in -o json.`,
  usage: 'what-if ACTION [TYPE/NAME ...] [flags]',
  examples: [
    {description: 'Before a drain', command: 'kubectl stateful what-if drain node/worker-2'},
    {description: 'Without a zone', command: 'kubectl stateful what-if lose zone/europe-west1-b'},
    {
      description: 'Before a scale-down',
      command: 'kubectl stateful what-if scale sts/db --replicas=1 -n shop',
    },
    {description: 'Before an update', command: 'kubectl stateful what-if update sts/db --partition=2'},
    {
      description: 'If the new Pod never became ready',
      command: 'kubectl stateful what-if update sts/db --never-ready=db-2',
    },
    {
      description: 'Before a taint',
      command: 'kubectl stateful what-if taint node/worker-2 dedicated=db:NoExecute',
    },
  ],
  rights: `${RIGHTS} What may not be read is <unknown>.`,
  flags: {...own, ...questionFlags},
  exits: exitTexts(
    '--exit-code: it would end badly: something of severity error was found, or it would stop or fall short',
  ),
  run,
  place,
}

/** First what one would do, then to what. */
function place([word, ...named]: readonly string[]): Place {
  if (word === undefined) return plainWords(Object.keys(whatIfs))
  const whatIf = Object.hasOwn(whatIfs, word) ? whatIfs[word] : undefined
  if (!whatIf) return NOTHING
  const {naming, place = () => ({of: 'objects', naming, named})} = whatIf
  return place(named)
}

async function run({given, words: [word, ...words]}: Argv) {
  const names = Object.keys(whatIfs)
  if (word === undefined) throw new UsageError(`what would you do? say one of ${names.join(', ')}`)
  const whatIf = Object.hasOwn(whatIfs, word) ? whatIfs[word] : undefined
  if (!whatIf)
    throw new UsageError(
      `unknown action "${word}" (it is one of ${names.join(', ')})`,
      meant(nearest(word, names)),
    )
  const flags = readFlags(given, own)
  for (const flag of Object.keys(own))
    if (given.has(flag) && !whatIf.flags.includes(flag)) throw new UsageError(`--${flag} is not for ${word}`)
  const {change, rest} = whatIf.read(flags, words)
  if (change.action === 'lose' && change.zone !== undefined && given.has('selector'))
    throw new UsageError('a zone is all of its nodes: --selector is not for it')
  const answering = async (): Promise<Answering<WhatIfReport>> => {
    const [{whatIfQuestion}, {whatIfRefusal}, {whatIfView}] = await load()
    return {
      question: whatIfQuestion(change),
      sections: whatIfView,
      rows: async () => (await import('./row-sources.ts')).whatIfRows,
      refusal: (report, facts) => whatIfRefusal(change, report, facts),
      isStalled: ({end}) => end.state === 'Stopped' || end.state === 'Short',
    }
  }
  return await asked(word, whatIf.naming, answering).run({given, words: rest})
}

function asked(action: string, naming: Naming, answering: () => Promise<Answering<WhatIfReport>>): Command {
  const {summary, description, rights} = whatIfCommand
  const usage = `what-if ${action} [TYPE/NAME ...]`
  return questionCommand({summary, description, usage, rights, examples: [], flags: {}, naming, answering})
}
