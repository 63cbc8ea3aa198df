import {adviceFor} from '../../diagnosis/leftover/advice.ts'
import {type Relations, relate as relateOnce} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {headerOf, type Question} from '../report.ts'
import {found} from './found.ts'
import type {Advice, Leftover, LeftoverKind, LeftoversReport} from './report.ts'
import {sparedOf} from './spared.ts'
import {totalsOf} from './sums.ts'
import {unjudgedOf} from './unjudged.ts'

/** Which claims, volumes, attachments, Pods and revisions belong to no set any more? */
export const leftoversQuestion: Question<LeftoversReport> = {
  needs,
  more: () => [],
  build: (snapshot, scope, relate = relateOnce) => report(scope, relate(snapshot)),
  // what it finds has reasons of its own, and no ids
  findings: () => [],
  namespaces: ({leftovers}) => leftovers.flatMap(({namespace}) => namespace ?? []),
  names: ({leftovers}) => leftovers.map(({kind, name}) => `${RESOURCES[kind]}/${name}`),
}

const RESOURCES: Readonly<Record<LeftoverKind, string>> = {
  PersistentVolumeClaim: 'persistentvolumeclaim',
  PersistentVolume: 'persistentvolume',
  VolumeAttachment: 'volumeattachment.storage.k8s.io',
  Pod: 'pod',
  ControllerRevision: 'controllerrevision.apps',
}

/** All of it: what is left over is what nobody refers to. A selector is about what is found, not about what refers to it. */
function needs(scope: Scope): readonly Need[] {
  const inScope = within(scope)
  return [
    {resource: 'persistentVolumeClaims', ...inScope, isSubject: 'one-of'},
    {resource: 'persistentVolumes', isSubject: 'one-of'},
    {resource: 'statefulSets', ...inScope},
    {resource: 'daemonSets', ...inScope},
    {resource: 'pods', ...inScope},
    {resource: 'controllerRevisions', ...inScope},
    {resource: 'volumeAttachments'},
    {resource: 'nodes'},
  ]
}

function report(scope: Scope, relations: Relations): LeftoversReport {
  const {leftovers, spared} = found(scope, relations)
  return {
    ...headerOf('LeftoversReport', relations.snapshot),
    leftovers,
    totals: totalsOf(leftovers),
    advice: adviceOf(leftovers),
    spared: sparedOf(spared),
    unjudged: unjudgedOf(relations),
  }
}

/** One for each kind, reason and effect, what destroys data first: that decides how it is to be said. */
function adviceOf(leftovers: readonly Leftover[]): readonly Advice[] {
  const kinds = [...new Set(leftovers.map(({kind}) => kind))]
  const groups = Map.groupBy(leftovers, ({kind, reason, deleting}) => `${kind} ${reason} ${deleting.effect}`)
  const urgency = ({kind, severity, deleting}: Leftover) =>
    100 * kinds.indexOf(kind) + 10 * SEVERITIES.indexOf(severity) + EFFECTS.indexOf(deleting.effect)
  return [...groups.values()]
    .flatMap(([first, ...others]) => (first ? [{first, count: 1 + others.length}] : []))
    .toSorted((left, right) => urgency(left.first) - urgency(right.first))
    .map(({first, count}) => adviceAbout(first, count))
}

const SEVERITIES: readonly Leftover['severity'][] = ['error', 'warning', 'info']
const EFFECTS: readonly Leftover['deleting']['effect'][] = [
  'DestroysData',
  'Unknown',
  'StopsPod',
  'KeepsData',
  'NoData',
]

function adviceAbout(first: Leftover, count: number): Advice {
  const {kind, reason, namespace, name, message, deleting} = first
  const remedy = adviceFor(kind, reason, {...first, effect: deleting.effect})
  return {kind, reason, count, example: {namespace, name}, message, remedy}
}
