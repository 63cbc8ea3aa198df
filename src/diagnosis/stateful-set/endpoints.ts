import {type Endpoint, endpointsOf, isOf, type Slices} from '../../model/endpoints.ts'
import {type Identity, identityOf} from '../../model/identity.ts'
import {nameOf, type Pod} from '../../model/objects.ts'
import type {Ordinal} from '../../model/ordinals.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {PUBLISHED_SECONDS, secondsBetween} from '../patience.ts'
import type {SetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'
import {governing, serviceFinding} from './service-facts.ts'

export const causes = {
  'svc-endpoint-stale': {
    title: 'DNS name leads elsewhere',
    applies: ['StatefulSet'],
    sign: 'The EndpointSlices of the governing Service have another address under the name of a Pod than its own, that of a former Pod perhaps, or none though nothing keeps it from being published. The EndpointSlice controller is behind, or somebody else wrote the slice.',
    remedy:
      'Correct or delete a slice that was written by hand: the controller looks after those alone that it made, and after none of a Service without selector. Where they are its own, see whether kube-controller-manager runs.',
    rank: 'aside',
  },
} satisfies Causes

interface Named {
  readonly pod: Pod
  readonly identity: Identity
  /** Published under its name, and not it. */
  readonly strangers: readonly Endpoint[]
}

/** The name of a Pod leads to another address, or to none though nothing stands in its way. */
export const endpointStale: Rule<SetSubject> = (subject) => {
  const {set, ordinals, relations} = subject
  const target = governing(subject)
  if (!target?.service || target.service.spec?.type === 'ExternalName') return undefined
  if (!relations.sees('endpointSlices')) return undefined
  const settled = ordinals.flatMap((ordinal) => named(ordinal, subject))
  const wrong = settled.filter(({strangers}) => strangers.length > 0)
  const lost = settled.filter(({identity}) => identity.reason === 'NotListed')
  const [first] = [...wrong, ...lost]
  if (!first) return undefined
  return serviceFinding(subject, target.name, {
    id: 'svc-endpoint-stale',
    severity: 'error',
    message: wrong.length > 0 ? wrongText(first, wrong) : lostText(target.name, lost),
    evidence: evidenceOf(first, target.name),
    remedy: remedyOf(target, first, endpointsOf(set, relations).slices),
  })
}

/** Lists of two kinds are of two moments, and the controller needs one: what has just changed is not judged. */
function named(ordinal: Ordinal, {set, relations}: SetSubject): readonly Named[] {
  const {pod, state} = ordinal
  if (!pod || state !== 'desired' || isTerminating(pod) || isOnGoneNode(pod, relations)) return []
  const times = [
    pod.metadata?.creationTimestamp,
    ...(pod.status?.conditions ?? []).map((each) => each.lastTransitionTime),
  ]
  const {observedAt} = relations.snapshot
  const isSettled = times.every((time) => !time || secondsBetween(time, observedAt) > PUBLISHED_SECONDS)
  if (!isSettled) return []
  const identity = identityOf(set, ordinal, relations)
  const strangers = identity.endpoints.filter((each) => each.isReady && !isOf(each, pod))
  return [{pod, identity, strangers}]
}

/** Then the controller leaves it out (endpointslice reconciler, 1.37). */
function isOnGoneNode({spec}: Pod, {node, sees}: SetSubject['relations']): boolean {
  const name = spec?.nodeName
  return !name || (node(name) === undefined && sees('nodes', name))
}

function wrongText({pod, identity, strangers}: Named, wrong: readonly Named[]): string {
  const addresses = strangers.flatMap((each) => each.addresses)
  const others =
    wrong.length > 1 ? ` (so with ${fewText(wrong.slice(1).map((each) => nameOf(each.pod)))})` : ''
  return `${identity.dnsName} leads to ${fewText(addresses)}, which is not Pod ${nameOf(pod)}${others}`
}

function lostText(service: string, lost: readonly Named[]): string {
  return `Service ${service} has no endpoint for ${fewText(lost.map(({pod}) => nameOf(pod)))}, though nothing keeps it from having one`
}

function evidenceOf({pod, strangers}: Named, service: string): readonly string[] {
  return [
    `pod/${nameOf(pod)} status.podIP=${pod.status?.podIP ?? '<none>'}, uid ${pod.metadata?.uid ?? '<none>'}`,
    ...strangers.map(
      ({slice, hostname, addresses, uid}) =>
        `endpointslice/${slice} hostname ${hostname}: ${fewText(addresses)}${uid ? `, targetRef.uid ${uid}` : ', no targetRef'}`,
    ),
    ...(strangers.length === 0
      ? [`endpointslices of service/${service}: none with hostname ${nameOf(pod)}`]
      : []),
  ]
}

type Target = NonNullable<ReturnType<typeof governing>>

/** The controller keeps to the slices that bear its name; of a Service without selector it makes none. */
function actText({service}: Target, {strangers}: Named, slices: Slices): string {
  const names = [...new Set(strangers.map(({slice}) => slice))]
  const byHand = names.filter((slice) => slices.get(slice) === 'nobody')
  const mirrored = names.filter((slice) => slices.get(slice) === 'mirror')
  const hasSelector = Object.keys(service?.spec?.selector ?? {}).length > 0
  if (byHand.length > 0)
    return `find out who wrote ${fewText(byHand)}, which no controller keeps up to date: correct it, or delete it where the Service selects its Pods`
  if (mirrored.length > 0)
    return `correct the Endpoints object of the Service, which somebody wrote by hand: ${fewText(mirrored)} mirrors it`
  return hasSelector
    ? 'see whether kube-controller-manager runs, and what it says: its EndpointSlice controller writes them'
    : 'the Service has no selector, so no controller writes its endpoints: give it that of the set, or correct them by hand'
}

function remedyOf(target: Target, first: Named, slices: Slices): Finding['remedy'] {
  const {namespace, name} = target
  const text = actText(target, first, slices)
  return {
    look: [
      kubectl(
        'get',
        'endpointslices',
        '-n',
        namespace,
        '-l',
        `kubernetes.io/service-name=${name}`,
        '-o',
        'yaml',
      ),
    ],
    act: [{text, commands: []}],
    risk: '',
    avoid: '',
    rung: 0,
  }
}
