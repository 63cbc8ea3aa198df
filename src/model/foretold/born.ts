import {nameOf, namespaceOf, type Pod, type StatefulSet} from '../objects.ts'
import type {PodAction} from '../rollout/next-step.ts'
import {claimName, templateNames} from '../stateful-set.ts'

/**
 * The Pod that the StatefulSet controller creates (newStatefulSetPod, 1.20 to 1.37), as it is before anybody has placed it.
 * `now` is RFC 3339. Of an older revision only its name is known: it is given the present template's spec.
 */
export function bornPod(set: StatefulSet, {pod, ordinal = 0, revision}: PodAction, now: string): Pod {
  const name = pod ?? ''
  const {template} = set.spec ?? {}
  return {
    metadata: {
      name,
      namespace: namespaceOf(set),
      uid: `${set.metadata?.uid}/${name}/${revision}`,
      creationTimestamp: now,
      labels: {
        ...template?.metadata?.labels,
        'controller-revision-hash': revision ?? '',
        'statefulset.kubernetes.io/pod-name': name,
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          name: nameOf(set),
          uid: set.metadata?.uid ?? '',
          controller: true,
        },
      ],
    },
    spec: {containers: [], ...template?.spec, volumes: volumesOf(set, ordinal)},
    status: {phase: 'Pending'},
  }
}

/** A claim of a template wins over a volume of the same name (updateStorage, 1.37). */
function volumesOf(set: StatefulSet, ordinal: number): NonNullable<NonNullable<Pod['spec']>['volumes']> {
  const templates = templateNames(set)
  const others = (set.spec?.template?.spec?.volumes ?? []).filter(({name}) => !templates.includes(name))
  const own = templates.map((name) => ({
    name,
    persistentVolumeClaim: {claimName: claimName(name, set, ordinal)},
  }))
  return [...own, ...others]
}

/** The same Pod, at work and ready for as long as its set could want it to be. */
export function atWork(pod: Pod, nodeName: string | undefined): Pod {
  return {
    ...pod,
    spec: {containers: [], ...pod.spec, ...(nodeName !== undefined && {nodeName})},
    status: {
      ...pod.status,
      phase: 'Running',
      conditions: [{type: 'Ready', status: 'True', lastTransitionTime: LONG_AGO}],
    },
  }
}

/** The same Pod, on its node and never ready. */
export function begun(pod: Pod, nodeName: string | undefined): Pod {
  const working = atWork(pod, nodeName)
  return {...working, status: {...pod.status, phase: 'Running'}}
}

export function isBegun({status}: Pod): boolean {
  return status?.phase === 'Running'
}

const LONG_AGO = '1970-01-01T00:00:00Z'

/** `atWork` has made it so. */
export function isLongReady({status}: Pod): boolean {
  return status?.conditions?.some(({lastTransitionTime}) => lastTransitionTime === LONG_AGO) ?? false
}

/** The same Pod, asked to go. */
export function leaving(pod: Pod, now: string): Pod {
  return {...pod, metadata: {...pod.metadata, deletionTimestamp: pod.metadata?.deletionTimestamp ?? now}}
}
