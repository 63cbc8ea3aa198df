import {collect, projected} from '../cluster/collect.ts'
import {AnswerError} from '../cluster/errors.ts'
import {resourceKeys, resources} from '../cluster/resources.ts'
import {toList} from '../cluster/snapshot-file.ts'
import type {Command} from '../command.ts'
import {exitTexts} from '../command-line/exit-status.ts'
import {type Flags, readFlags} from '../command-line/flag.ts'
import {formatOf} from '../command-line/flag-values.ts'
import {connectionFlags, scopeFlags, selectorFlag} from '../command-line/flags.ts'
import {omissionsNote} from '../command-line/omissions-note.ts'
import {writeLines} from '../command-line/output.ts'
import {readRequest} from '../command-line/request.ts'
import {note, withCluster} from '../command-line/session.ts'
import {UsageError} from '../command-line/usage-error.ts'
import {clean} from '../model/clean.ts'
import {type Need, type Scope, within} from '../model/scope.ts'
import type {ClusterSnapshot, ResourceKey} from '../model/snapshot.ts'
import type {Format} from '../render/index.ts'

const flags = {
  ...scopeFlags,
  selector: selectorFlag,
  output: {
    type: 'option',
    char: 'o',
    description: 'yaml or json',
    default: 'yaml',
    read: formatOf(['yaml', 'json']),
  },
  ...connectionFlags,
} as const satisfies Flags

export const snapshotCommand: Command = {
  summary: 'Write the facts that the other commands need, to be read back with -f',
  description: `A plain Kubernetes List of the objects that the other commands look at, and of these only what answers are made of, so that it can be attached to a ticket: no environment variables, commands, arguments or probes' requests, no annotations but Kubernetes' own that are looked at, no parameters of volumes and classes. Secrets are never read. Names, labels, images, resources and messages of events and containers are there as they are.

It goes to standard output.`,
  usage: 'snapshot [flags]',
  examples: [
    {description: 'The namespace shop', command: 'kubectl stateful snapshot -n shop > shop.yaml'},
    {description: 'Answer from it, anywhere', command: 'kubectl stateful map -f shop.yaml'},
  ],
  rights:
    'list of statefulsets or daemonsets. Read besides: every other kind that answers are made of, as the README lists them. What may not be read is left out, with a note.',
  exits: exitTexts(),
  flags,
  async run({given, words}) {
    if (words.length > 0) throw new UsageError(`unexpected arguments: ${words.join(' ')}`)
    const values = readFlags(given, flags)
    const request = readRequest(values, [], {kinds: ['statefulSets']})
    const snapshot = await withCluster(request, (cluster, scope) =>
      collect({...cluster, keep: projected}, everything(scope)),
    )
    refuseIfBlind(snapshot)
    await writeLines([await asText(toList(snapshot), values.output)], process.stdout)
    const omitted = omissionsNote(snapshot.omissions)
    if (omitted) note(omitted)
    return 'answered'
  },
}

async function asText(list: object, format: Format): Promise<string> {
  return format === 'json'
    ? (await import('../render/json.ts')).toJson(list)
    : (await import('../render/yaml.ts')).toYaml(list)
}

const WORKLOADS: readonly ResourceKey[] = ['statefulSets', 'daemonSets', 'deployments', 'replicaSets']

/** Every kind; only workloads are selected, for what matters besides may be what nobody selects. */
function everything(scope: Scope): readonly Need[] {
  const {selector} = scope
  // there is a Lease for every node, and only that of the controllers is looked at
  const kinds = resourceKeys.filter((resource) => resource !== 'leases')
  const lease: Need = {resource: 'leases', namespace: 'kube-system', name: 'kube-controller-manager'}
  const needs = kinds.map((resource) => ({
    resource,
    ...(WORKLOADS.includes(resource) && selector !== undefined && {labelSelector: selector}),
    ...(resources[resource].namespaced && within(scope)),
  }))
  return [...needs, lease]
}

/** @throws AnswerError in kubectl's words when neither StatefulSets nor DaemonSets may be read. */
function refuseIfBlind({omissions}: ClusterSnapshot): void {
  const [first, second] = omissions.filter(
    ({resource}) => resource === 'statefulsets' || resource === 'daemonsets',
  )
  if (!first || !second) return
  throw new AnswerError(`Error from server (${first.reason}): ${clean(first.message)}`)
}
