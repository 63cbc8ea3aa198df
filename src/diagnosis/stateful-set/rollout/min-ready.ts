import {nameOf, namespaceOf} from '../../../model/objects.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {secondsBetween} from '../../patience.ts'
import type {RolloutSubject} from './subject.ts'

export const causes = {
  'sts-min-ready-seconds': {
    title: 'waiting out minReadySeconds',
    applies: ['StatefulSet'],
    sign: 'The Pod is ready, and `minReadySeconds` have not passed since its `Ready` condition turned. The controller goes on at a time that is known exactly. Updates of `Parallel` sets wait for this only from 1.34 on.',
    remedy: 'Wait.',
  },
} satisfies Causes

/** Nothing is wrong: the Pod has to stay ready for a while before the controller goes on. */
export const minReadySeconds: Rule<RolloutSubject> = ({facts, next}) => {
  const {reason, pod, until} = next.waitsFor ?? {}
  if (reason !== 'PodAvailable' || pod === undefined || until === undefined) return undefined
  const slot = [...facts.slots, ...facts.condemned].find(({name}) => name === pod)
  const since = slot?.pod?.status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime
  const left = Math.max(0, Math.ceil(secondsBetween(facts.now, until)))
  return {
    id: 'sts-min-ready-seconds',
    severity: 'info',
    message: `${pod} is ready, and counts as available in ${left}s (minReadySeconds ${facts.minReadySeconds})`,
    object: {kind: 'Pod', namespace: namespaceOf(facts.set), name: pod},
    ...(since && {since}),
    evidence: [
      `pod/${pod} condition Ready=True since ${since}`,
      `statefulset/${nameOf(facts.set)} spec.minReadySeconds=${facts.minReadySeconds}`,
    ],
    selfHealing: 'yes',
    remedy: null,
  }
}
