import {controllerUid, nameOf, type Pod} from '../../../src/model/objects.ts'
import type {Choice, NextStep, PodAction} from '../../../src/model/rollout/next-step.ts'
import type {ClusterSnapshot} from '../../../src/model/snapshot.ts'
import type {PodWrite} from './writes.ts'

/** What was done, in the words of what was foreseen. */
export type Act = PodAction & {readonly code?: number}

const REVISION = 'controller-revision-hash'

export function actOf({what, pod, code, object}: PodWrite): Act {
  const node = object && targetOf(object)
  const revision = object?.metadata?.labels?.[REVISION]
  return {action: what, pod, code, ...(node && {nodeName: node}), ...(revision && {revision})}
}

/** The node that a DaemonSet's Pod is created for. */
function targetOf({spec}: Pod): string | undefined {
  const terms =
    spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  return terms?.[0]?.matchFields?.find(({key}) => key === 'metadata.name')?.values?.[0]
}

export function showAct({action, pod, nodeName, revision, code = 0}: Act): string {
  const where = [pod, nodeName && `on ${nodeName}`, revision && `at ${revision}`, code >= 300 && `(${code})`]
  return [action, ...where].filter(Boolean).join(' ')
}

export function showNext({actions, choose, chooseAlso, waitsFor}: NextStep): string {
  const parts = [...actions.map(showAct), showChoice(choose), showChoice(chooseAlso)].filter(Boolean)
  const wait = waitsFor ? `waits for ${waitsFor.reason}: ${waitsFor.message}` : ''
  return `foreseen: ${[...parts, wait].filter(Boolean).join(', ') || 'nothing'}`
}

function showChoice(choice: Choice | null | undefined): string {
  if (!choice) return ''
  const from = choice.from.map(({nodeName, pod}) => pod ?? nodeName)
  return `${choice.action} ${choice.count} of ${from.join('|')}`
}

/** Every Pod of a workload in short: `db-0 db-7d4 Running ready`. */
export function picture({pods}: ClusterSnapshot, uid: string): readonly string[] {
  return pods
    .filter((pod) => controllerUid(pod) === uid)
    .map(portrait)
    .toSorted()
}

function portrait(pod: Pod): string {
  const {metadata, spec, status} = pod
  const isReady = status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True')
  return [
    nameOf(pod),
    metadata?.labels?.[REVISION],
    spec?.nodeName ?? `(${targetOf(pod) ?? 'no node'})`,
    status?.phase,
    isReady && 'ready',
    metadata?.deletionTimestamp && 'terminating',
  ]
    .filter(Boolean)
    .join(' ')
}
