import {nameOf, namespaceOf, type Pod, type Service} from '../../model/objects.ts'
import {isReady, isTerminating, restarts} from '../../model/pod.ts'
import {desiredReplicas} from '../../model/stateful-set.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import type {Rule} from '../finding.ts'
import {unreadyId} from '../pod-trouble.ts'
import type {SetSubject} from '../subjects.ts'

/** The governing Service, if it exists. */
function governing({set, relations}: SetSubject): Service | undefined {
  return set.spec?.serviceName ? relations.service(namespaceOf(set), set.spec.serviceName) : undefined
}

/** Those that are to stay. */
function members({ordinals}: SetSubject): readonly Pod[] {
  return ordinals.flatMap(({pod, state}) => (pod && state === 'desired' && !isTerminating(pod) ? [pod] : []))
}

/**
 * A Pod has a DNS name of its own only in the Service that is its subdomain (ShouldSetHostname). The controller sees to
 * that when it makes a Pod, and never again: Pods that a set with another serviceName left behind keep theirs.
 */
export const hostnameNotPublished: Rule<SetSubject> = (subject) => {
  const {set} = subject
  const service = governing(subject)
  const strangers = members(subject).filter(
    ({spec}) => spec?.hostname && (spec.subdomain ?? '') !== set.spec?.serviceName,
  )
  const [first] = strangers
  if (!service || !first) return undefined
  const names = strangers.map(nameOf)
  return {
    id: 'svc-hostname-not-published',
    severity: 'warning',
    message: `Service ${namespaceOf(set)}/${nameOf(service)} gives ${fewText(names)} no DNS name: ${names.length === 1 ? 'that Pod was' : 'those Pods were'} made for ${first.spec?.subdomain ? `Service ${first.spec.subdomain}` : 'no Service'}`,
    object: {kind: 'Service', namespace: namespaceOf(set), name: nameOf(service)},
    evidence: [
      `pod/${nameOf(first)} spec.subdomain=${first.spec?.subdomain ?? '<none>'}`,
      `statefulset/${nameOf(set)} spec.serviceName=${set.spec?.serviceName}`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('delete', 'pod', '-n', namespaceOf(set), nameOf(first))],
      advice:
        'one at a time, each when the one before is ready again: they come back with the right subdomain',
      danger: `${nameOf(first)} is down until it is back, so see that the members can do without it; its claims stay`,
      rung: 2,
    },
  }
}

/** Members that only their readiness probe keeps back, and that can't find each other before they are ready. */
export const unreadyNotPublished: Rule<SetSubject> = (subject) => {
  const {set} = subject
  const service = governing(subject)
  const unready = members(subject).filter(onlyProbeFails)
  const [first] = unready
  if (!service || !first || desiredReplicas(set) < 2) return undefined
  if (service.spec?.clusterIP !== 'None' || service.spec.publishNotReadyAddresses) return undefined
  const [namespace, name] = [namespaceOf(set), nameOf(service)]
  const patch = JSON.stringify({spec: {publishNotReadyAddresses: true}})
  return {
    id: 'svc-unready-not-published',
    severity: 'warning',
    message: `Service ${namespace}/${name} publishes no Pod before it is ready: if ${fewText(unready.map(nameOf))} must find the other members to become ready, none of them ever does`,
    object: {kind: 'Service', namespace, name},
    evidence: [
      `service/${name} spec.publishNotReadyAddresses is not set`,
      `pod/${nameOf(first)} runs, without restarts, condition Ready=False`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [
        kubectl('describe', 'pod', '-n', namespace, nameOf(first)),
        kubectl('patch', 'service', '-n', namespace, name, '-p', patch),
      ],
      advice: 'only if the members look each other up by that Service',
      danger: 'clients that use the same Service then reach Pods that are not ready',
      rung: 1,
    },
  }
}

/** Where all of its containers are ready it is something else that keeps it back: a lost node, or a gate. */
function onlyProbeFails(pod: Pod): boolean {
  const {phase} = pod.status ?? {}
  const containerStatuses = pod.status?.containerStatuses ?? []
  const isRunning = containerStatuses.every(({state}) => state?.running)
  const isFailing = containerStatuses.some(({ready}) => !ready)
  return (
    phase === 'Running' &&
    isRunning &&
    isFailing &&
    !isReady(pod) &&
    restarts(pod) === 0 &&
    unreadyId(pod) === 'readiness-failing'
  )
}
