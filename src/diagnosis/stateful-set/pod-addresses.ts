import {endpointsOf} from '../../model/endpoints.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isReady, isTerminating} from '../../model/pod.ts'
import {desiredReplicas} from '../../model/stateful-set.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {podReference} from '../pod/reference.ts'
import type {SetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'
import {failureOf, runningText, runsUnready} from './never-ready.ts'
import {governing} from './service-facts.ts'

export const causes = {
  'svc-hostname-not-published': {
    title: "Pods' names not in DNS",
    applies: ['StatefulSet'],
    sign: 'The endpoints carry no host names: `hostname` of the Pod is empty, or its `subdomain` is not the name of the Service. Mostly `serviceName` is misspelt.',
    remedy:
      "Create a Service of the name that the Pods have as their `subdomain`; `serviceName` itself can't be edited.",
    risk: 'each Pod that is deleted is down until it is back, so see that the members can do without it; its claims stay',
    rank: 'aside',
  },
  'svc-unready-not-published': {
    title: 'unready Pods not in DNS',
    applies: ['StatefulSet'],
    sign: 'No member is ready, or several fail alike, for longer than their probes allow, and the Service does not publish addresses that are not ready. Peers that must find each other, or themselves, by name in order to become ready never do; some give up after minutes and are restarted.',
    remedy: 'Set `publishNotReadyAddresses: true` on the governing Service.',
    risk: 'clients that use the same Service then reach Pods that are not ready',
    rank: 'aside',
  },
} satisfies Causes

/** Those that are to stay. */
function members({ordinals}: SetSubject): readonly Pod[] {
  return ordinals.flatMap(({pod, state}) => (pod && state === 'desired' && !isTerminating(pod) ? [pod] : []))
}

/**
 * A Pod has a DNS name of its own only in the Service that is its subdomain (ShouldSetHostname). The controller sees to
 * that when it creates a Pod, and never again: Pods that a set with another serviceName left behind keep theirs.
 */
export const hostnameNotPublished: Rule<SetSubject> = (subject) => {
  const {set} = subject
  const service = governing(subject)?.service
  const strangers = members(subject).filter((pod) => isUnnamed(pod, subject))
  const [first] = strangers
  if (!service || !first) return undefined
  const names = strangers.map(nameOf)
  return {
    id: 'svc-hostname-not-published',
    severity: 'warning',
    message: `Service ${nameOf(service)} gives ${fewText(names)} no DNS name: ${names.length === 1 ? 'that Pod was' : 'those Pods were'} ${createdText(first)}`,
    object: {kind: 'Service', namespace: namespaceOf(set), name: nameOf(service)},
    evidence: [
      `pod/${nameOf(first)} ${first.spec?.hostname ? '' : 'spec.hostname=<none>, '}spec.subdomain=${first.spec?.subdomain ?? '<none>'}`,
      `statefulset/${nameOf(set)} spec.serviceName=${set.spec?.serviceName}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('describe', 'pod', '-n', namespaceOf(set), nameOf(first))],
      act: [
        {
          text: 'delete them one at a time, each when the one before is ready again: they come back with the right subdomain',
          commands: [kubectl('delete', 'pod', '-n', namespaceOf(set), nameOf(first))],
        },
      ],
      risk: `${nameOf(first)} is down until it is back, so see that the members can do without it; its claims stay`,
      avoid: '',
      rung: 2,
    },
  }
}

/** Files that others wrote may leave out host names, so that only another name, or an endpoint without one, says something. */
function isUnnamed({metadata, spec}: Pod, {set, relations}: SetSubject): boolean {
  if (spec?.hostname) return (spec.subdomain ?? '') !== set.spec?.serviceName
  const endpoints = endpointsOf(set, relations).byUid.get(metadata?.uid ?? '') ?? []
  return Boolean(spec?.subdomain) || endpoints.some(({hostname}) => !hostname)
}

function createdText({spec}: Pod): string {
  if (!spec?.hostname) return 'created without a hostname'
  return `created for ${spec.subdomain ? `Service ${spec.subdomain}` : 'no Service'}`
}

/**
 * Members that can't find each other by name before they are ready, which may be what keeps them back. One that does not
 * become ready beside others that are has another reason; several that fail alike have the same.
 */
export const unreadyNotPublished: Rule<SetSubject> = (subject) => {
  const {set} = subject
  const service = governing(subject)?.service
  const unready = stuckMembers(subject)
  const [first] = unready
  if (!service || !first || desiredReplicas(set) < 2) return undefined
  if (service.spec?.clusterIP !== 'None' || service.spec.publishNotReadyAddresses) return undefined
  const [namespace, name] = [namespaceOf(set), nameOf(service)]
  const patch = JSON.stringify({spec: {publishNotReadyAddresses: true}})
  return {
    id: 'svc-unready-not-published',
    severity: 'warning',
    message: `Service ${name} publishes no Pod before it is ready, and ${fewText(unready.map(nameOf))} may have to find the others first`,
    object: {kind: 'Service', namespace, name},
    blames: unready.map(podReference),
    evidence: [
      `service/${name} spec.publishNotReadyAddresses is not set`,
      `pod/${nameOf(first)} ${runningText(first)}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('describe', 'pod', '-n', namespace, nameOf(first))],
      act: [
        {
          text: 'only if the members look each other, or themselves, up by that Service: let it publish them before they are ready',
          commands: [kubectl('patch', 'service', '-n', namespace, name, '-p', patch)],
        },
      ],
      risk: causes['svc-unready-not-published'].risk,
      avoid: '',
      rung: 1,
    },
  }
}

/** All that are stuck where no member is ready; else the largest group of them that fail alike, if it is one. */
function stuckMembers(subject: SetSubject): readonly Pod[] {
  const all = members(subject)
  const stuck = all.filter((pod) => runsUnready(pod, subject.relations.snapshot.observedAt))
  if (!all.some(isReady)) return stuck
  const groups = [...Map.groupBy(stuck, failureOf).values()]
  return groups.toSorted((left, right) => right.length - left.length).find(({length}) => length > 1) ?? []
}
