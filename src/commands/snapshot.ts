import {Command} from '@oclif/core/command'
import type {FlagInput} from '@oclif/core/interfaces'
import {collect} from '../cluster/collect.ts'
import {resourceKeys, resources} from '../cluster/resources.ts'
import {scrub} from '../cluster/scrub.ts'
import {toList} from '../cluster/snapshot-file.ts'
import {formatOf, type RawFlags, readAsked} from '../command-line/asked.ts'
import {connectionFlags, outputFlag, scopeFlags} from '../command-line/flags.ts'
import {omissionsNote} from '../command-line/omissions-note.ts'
import {writeLines} from '../command-line/output.ts'
import {note, withCluster} from '../command-line/session.ts'
import {UsageError} from '../command-line/usage-error.ts'
import type {Need, Scope} from '../model/scope.ts'
import {render} from '../render/index.ts'

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
    output: outputFlag('yaml or json', 'yaml'),
    ...connectionFlags,
  }

  override async run(): Promise<void> {
    const {argv, flags} = await this.parse(SnapshotCommand)
    if (argv.length > 0) throw new UsageError(`unexpected arguments: ${argv.join(' ')}`)
    const format = formatOf(flags as RawFlags, formats)
    const asked = readAsked(flags as RawFlags, [], ['statefulSets'])
    const snapshot = await withCluster(asked, (cluster, scope) =>
      collect({...cluster, keep: () => scrub}, everything(scope)),
    )
    const report = toList(snapshot, resourceKeys)
    await writeLines(await render({report, names: [], text: () => []}, format, plain), process.stdout)
    const omitted = omissionsNote(snapshot.omissions)
    if (omitted) note(omitted)
  }
}

const plain = {isColored: false, isWide: false, hasHeaders: false, hasNamespaces: false}

/** Every kind, without selecting: what matters may be what nobody selects. */
function everything({namespace}: Scope): readonly Need[] {
  return resourceKeys.map((resource) => ({
    resource,
    isSubject: resource === 'statefulSets',
    ...(resources[resource].namespaced && namespace !== undefined && {namespace}),
  }))
}
