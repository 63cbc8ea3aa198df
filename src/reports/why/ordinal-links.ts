import {namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import type {Ordinal} from '../../model/ordinals.ts'
import {isAvailable} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {podName} from '../../model/stateful-set.ts'
import {claimLinks, inNamespace, missingPodLink, nodeLinks, podLink} from './links.ts'
import type {ChainLink} from './report.ts'

/** An ordinal with its Pod, its claims, and where it runs. */
export function ordinalLinks(set: StatefulSet, ordinal: Ordinal, relations: Relations): readonly ChainLink[] {
  const {pod, holder} = ordinal
  const namespace = namespaceOf(set)
  const node = pod?.spec?.nodeName
  return [
    ordinalLink(namespace, ordinal, relations),
    pod
      ? memberLink(set, pod, relations)
      : holder
        ? podLink(holder, relations, 'not created by the set, and has the name')
        : missingPodLink(namespace, podName(set, ordinal.ordinal), relations),
    ...ordinal.claims.flatMap(({name}) => claimLinks(namespace, name, node, relations)),
    ...nodeLinks(pod, relations),
  ]
}

/** Ready is not enough where it has to stay so for a while. */
function memberLink(set: StatefulSet, pod: Pod, relations: Relations): ChainLink {
  const link = podLink(pod, relations)
  const seconds = set.spec?.minReadySeconds ?? 0
  return link.state !== 'ok' || isAvailable(pod, seconds, relations.snapshot.observedAt)
    ? link
    : {...link, state: 'waiting', text: `${link.text}, not yet available`}
}

function ordinalLink(
  namespace: string,
  {ordinal, state, pod, holder}: Ordinal,
  relations: Relations,
): ChainLink {
  const reference = inNamespace('Ordinal', namespace, String(ordinal))
  if (state === 'condemned') return {...reference, state: 'waiting', text: 'its Pod will be deleted'}
  if (state === 'leftover') return {...reference, state: 'ok', text: 'only its claims are left'}
  if (pod) return {...reference, state: 'ok', text: 'has its Pod'}
  if (!relations.sees('pods')) return {...reference, state: 'unknown', text: '<unknown>'}
  const text = holder ? 'has no Pod: another one has its name' : 'should have a Pod and has none'
  return {...reference, state: 'missing', text}
}
