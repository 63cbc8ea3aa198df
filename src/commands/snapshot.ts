import {AnswerError} from '../cluster/errors.ts'
import type {Command} from '../command.ts'
import {connectionFlags} from '../command-line/connection-flags.ts'
import {exitTexts} from '../command-line/exit-status.ts'
import {type Flags, readFlags} from '../command-line/flag.ts'
import {formatOf} from '../command-line/flag-values.ts'
import {scopeFlags, selectorFlag} from '../command-line/flags.ts'
import {brokenSentences, omissionsNote} from '../command-line/omissions-note.ts'
import {writeLines} from '../command-line/output.ts'
import {plainWords} from '../command-line/place.ts'
import {readRequest} from '../command-line/request.ts'
import {UsageError} from '../command-line/usage-error.ts'
import type {Format} from '../render/formats.ts'

const load = () =>
  Promise.all([
    import('../cluster/collect.ts'),
    import('../cluster/snapshot-file.ts'),
    import('../command-line/session.ts'),
    import('./everything.ts'),
  ])

const flags = {
  ...scopeFlags,
  selector: selectorFlag,
  output: {
    type: 'option',
    char: 'o',
    description: 'yaml or json',
    default: 'yaml',
    read: formatOf(['yaml', 'json']),
    place: plainWords(['yaml', 'json']),
  },
  ...connectionFlags,
} as const satisfies Flags

export const snapshotCommand: Command = {
  summary: 'Write the facts that the other commands need, to be read back with -f',
  description: `A plain Kubernetes List of the objects that the other commands look at, and of these only what answers are made of, so that it can be attached to a ticket: no environment variables, commands, arguments or probes' requests, no annotations but Kubernetes' own that are looked at, no parameters of volumes and classes. Of the template in a revision it has what it has of a set's own. Secrets are never read. Names, labels, images, resources and messages of events and containers are there as they are.

It goes to standard output.`,
  usage: 'snapshot [flags]',
  examples: [
    {description: 'The namespace shop', command: 'kubectl stateful snapshot -n shop > shop.yaml'},
    {description: 'Answer from it, anywhere', command: 'kubectl stateful map -f shop.yaml'},
  ],
  rights:
    'list of statefulsets or daemonsets. Read besides: every other kind that answers are made of, as rbac/cluster-role.yaml lists them. What may not be read is left out, with a note.',
  exits: exitTexts(),
  flags,
  async run({given, words}) {
    if (words.length > 0) throw new UsageError(`unexpected arguments: ${words.join(' ')}`)
    const values = readFlags(given, flags)
    const request = readRequest(values, [], {kinds: ['statefulSets']})
    const [{collect, saved}, {toList}, {note, withCluster}, {everything, refuseIfBlind}] = await load()
    const snapshot = await withCluster(request, (cluster, scope) =>
      collect({...cluster, keep: saved}, everything(scope)),
    )
    refuseIfBlind(snapshot)
    await writeLines(await asText(toList(snapshot), values.output), process.stdout)
    const omitted = omissionsNote(snapshot.omissions)
    if (omitted) note(omitted)
    const broken = brokenSentences(snapshot.omissions)
    if (broken) throw new AnswerError(broken)
    return 'answered'
  },
}

async function asText(list: object, format: Format): Promise<Iterable<string>> {
  return format === 'json'
    ? (await import('../render/json.ts')).jsonPieces(list)
    : [(await import('../render/yaml.ts')).toYaml(list)]
}
