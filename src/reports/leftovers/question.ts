import type {LeftoverKind} from '../../model/leftover/verdict.ts'
import {type Relations, relate as relateOnce} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {headerOf, type Question} from '../report.ts'
import {adviceOf} from './advice.ts'
import {judgedIn} from './found.ts'
import type {LeftoversReport} from './report.ts'
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
  const all = judgedIn(scope, relations)
  const leftovers = all.found.map(({item}) => item)
  return {
    ...headerOf('LeftoversReport', relations.snapshot),
    leftovers,
    totals: totalsOf(leftovers),
    advice: adviceOf(all.found),
    spared: sparedOf(all.spared),
    unjudged: unjudgedOf(relations),
  }
}
