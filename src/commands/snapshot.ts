import {Command} from '@oclif/core/command'
import type {FlagInput} from '@oclif/core/interfaces'
import {collect} from '../cluster/collect.ts'
import {AnswerError} from '../cluster/errors.ts'
import {resourceKeys, resources} from '../cluster/resources.ts'
import {scrub} from '../cluster/scrub.ts'
import {toList} from '../cluster/snapshot-file.ts'
import {formatOf, type RawFlags, readAsked} from '../command-line/asked.ts'
import {answerFlags, connectionFlags, outputFlag, scopeFlags} from '../command-line/flags.ts'
import {omissionsNote} from '../command-line/omissions-note.ts'
import {writeLines} from '../command-line/output.ts'
import {note, withCluster} from '../command-line/session.ts'
import {UsageError} from '../command-line/usage-error.ts'
import {clean} from '../model/clean.ts'
import {type Need, type Scope, within} from '../model/scope.ts'
import type {ClusterSnapshot, ResourceKey} from '../model/snapshot.ts'
import type {Format} from '../render/index.ts'

const formats = ['yaml', 'json'] as const

export class SnapshotCommand extends Command {
  static override summary = 'Write the facts that the other commands need, to be read back with -f'
  static override description =
    `A plain Kubernetes List of the objects that the other commands look at, clean enough to attach to a ticket: without managedFields, last-applied annotations and literal values of environment variables. Secrets are never read.

It goes to standard output.`
  static override usage = 'snapshot [flags]'
  static override examples = [
    {description: 'The namespace shop', command: 'kubectl stateful snapshot -n shop > shop.yaml'},
    {description: 'Answer from it, anywhere', command: 'kubectl stateful map -f shop.yaml'},
  ]
  static override strict = false
  static override flags: FlagInput = {
    ...scopeFlags,
    selector: answerFlags.selector,
    output: outputFlag('yaml or json', 'yaml'),
    ...connectionFlags,
  }

  override async run(): Promise<void> {
    const {argv, flags} = await this.parse(SnapshotCommand)
    if (argv.length > 0) throw new UsageError(`unexpected arguments: ${argv.join(' ')}`)
    const format = formatOf(flags as RawFlags, formats)
    const asked = readAsked(flags as RawFlags, [], {kinds: ['statefulSets']})
    const snapshot = await withCluster(asked, (cluster, scope) =>
      collect({...cluster, keep: () => scrub}, everything(scope)),
    )
    refuseIfBlind(snapshot)
    await writeLines([await asText(toList(snapshot, resourceKeys), format)], process.stdout)
    const omitted = omissionsNote(snapshot.omissions)
    if (omitted) note(omitted)
  }
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
  // there is a Lease for every node; of one only, whether the controllers run is to be known, and only an administrator may
  const kinds = resourceKeys.filter((resource) => resource !== 'leases')
  const lease: Need = {resource: 'leases', namespace: 'kube-system', name: 'kube-controller-manager'}
  const needs = kinds.map((resource) => ({
    resource,
    ...(WORKLOADS.includes(resource) && selector !== undefined && {labelSelector: selector}),
    ...(resources[resource].namespaced && within(scope)),
  }))
  return scope.namespace === undefined ? [...needs, lease] : needs
}

/** @throws AnswerError in kubectl's words when neither StatefulSets nor DaemonSets may be read. */
function refuseIfBlind({omissions}: ClusterSnapshot): void {
  const [first, second] = omissions.filter(
    ({resource}) => resource === 'statefulsets' || resource === 'daemonsets',
  )
  if (!first || !second) return
  throw new AnswerError(`Error from server (${first.reason}): ${clean(first.message)}`)
}
