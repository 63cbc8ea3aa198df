import {CORDONED, refusal} from '../../model/node.ts'
import {type Node, nameOf, namespaceOf, type PersistentVolume, type Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {allowedNodes, reaches} from '../../model/volume.ts'
import {kubectl} from '../command-line.ts'
import type {Finding, Rule} from '../finding.ts'
import {untaintRemedy} from '../scheduling/untaint.ts'
import type {OrdinalSubject} from '../subjects.ts'

/**
 * The ordinal does not run, and no node that may take new Pods can reach all of its volumes: it can't come
 * back until such a node does. Room on the nodes is not looked at.
 */
export const unreachableVolume: Rule<OrdinalSubject> = (subject) => {
  const {set, ordinal, relations} = subject
  const isGone = !ordinal.pod?.spec?.nodeName || nodeIsGone(subject)
  if (ordinal.state !== 'desired' || !isGone || !relations.sees('nodes')) return undefined
  const volumes = boundVolumes(subject).filter(isPinned)
  const [volume] = volumes
  if (!volume) return undefined
  const allowed = relations.snapshot.nodes.filter((node) => volumes.every((each) => reaches(each, node)))
  const refusals = allowed.map((node) => [node, refusal(node, set.spec?.template)] as const)
  if (refusals.some(([, reason]) => reason === undefined)) return undefined
  return describe(subject, volumes, refusals)
}

function nodeIsGone({ordinal, relations}: OrdinalSubject): boolean {
  const node = ordinal.pod?.spec?.nodeName
  return node !== undefined && relations.node(node) === undefined
}

/** Those that the next Pod will mount; what is left of a template that is gone holds nobody back. */
function boundVolumes({set, ordinal, relations}: OrdinalSubject): readonly PersistentVolume[] {
  return ordinal.claims
    .filter(({isMounted, template}) => isMounted || template !== undefined)
    .map(({name}) => relations.claim(namespaceOf(set), name)?.spec?.volumeName)
    .map((name) => (name === undefined ? undefined : relations.volume(name)))
    .filter((volume) => volume !== undefined)
}

function isPinned(volume: PersistentVolume): boolean {
  return volume.spec?.nodeAffinity?.required !== undefined
}

type Refusals = readonly (readonly [Node, string | undefined])[]

function describe(
  subject: OrdinalSubject,
  volumes: readonly PersistentVolume[],
  refusals: Refusals,
): Finding {
  const {ordinal, relations} = subject
  const names = volumes.map(nameOf).join(', ')
  return {
    id: 'sched-pv-node-affinity',
    severity: 'error',
    message: `Ordinal ${ordinal.ordinal} can't come back: ${whyNot(volumes, refusals, relations)}`,
    object: {kind: 'PersistentVolume', name: nameOf(volumes[0] ?? {})},
    evidence: [
      ...volumes.map((volume) => `pv/${nameOf(volume)} spec.nodeAffinity allows ${reachText(volume)}`),
      ...refusals.map(([node, reason]) => `node/${nameOf(node)} ${reason}`),
    ],
    selfHealing: 'maybe',
    remedy: remedyOf(subject, refusals, names),
  }
}

function whyNot(volumes: readonly PersistentVolume[], refusals: Refusals, relations: Relations): string {
  const [first] = volumes
  const which = volumes.map(nameOf).join(' and ')
  const where = first ? reachText(first) : ''
  if (refusals.length === 0) {
    const wanted = first ? (allowedNodes(first).nodes ?? []) : []
    const gone = wanted.filter((name) => relations.node(name) === undefined)
    const what = gone.length > 0 ? `and no such node exists` : 'and no node fits that'
    return `volume ${which} is only reachable from ${where}, ${what}`
  }
  const [node, reason] = refusals[0] ?? []
  const name = node ? nameOf(node) : ''
  const more = refusals.length - 1
  const others = more > 0 ? ` (and ${more} more ${more === 1 ? 'node refuses' : 'nodes refuse'})` : ''
  // said once, where the one node that holds the data is the one that refuses
  const why = where === `node ${name}` ? `, which ${reason}` : `; node ${name} ${reason}`
  return `volume ${which} is only reachable from ${where}${why}${others}`
}

/** `node node-3`, `zone a`, `nodes x, y`, or the bare fact that some affinity is there. */
function reachText(volume: PersistentVolume): string {
  const {nodes, zones} = allowedNodes(volume)
  if (nodes) return `${nodes.length > 1 ? 'nodes' : 'node'} ${nodes.join(', ')}`
  if (zones) return `${zones.length > 1 ? 'zones' : 'zone'} ${zones.join(', ')}`
  return 'nodes that its node affinity describes'
}

function remedyOf({set, ordinal}: OrdinalSubject, refusals: Refusals, volumes: string): Finding['remedy'] {
  const cordoned = refusals.find(([, reason]) => reason === CORDONED)?.[0]
  if (cordoned) {
    return {
      commands: [kubectl('uncordon', nameOf(cordoned))],
      danger: 'somebody may be draining that node on purpose: ask first',
      rung: 1,
    }
  }
  const untaint = untaintRemedy(
    refusals.map(([node]) => node),
    set.spec?.template?.spec,
  )
  if (untaint) return untaint
  return {
    commands: [kubectl('get', 'nodes'), ...describePod(ordinal.pod)],
    advice:
      refusals.length > 0
        ? `heal that node: the data of ${volumes} is only there`
        : `bring a fitting node back: the data of ${volumes} is only there`,
    danger: 'deleting the claim would give the ordinal a new, empty volume, and give this data up for ever',
    rung: 0,
  }
}

function describePod(pod: Pod | undefined): readonly string[] {
  return pod ? [kubectl('describe', 'pod', '-n', namespaceOf(pod), nameOf(pod))] : []
}
