import {type Blamed, blame} from '../../diagnosis/blame.ts'
import {rankOf} from '../../diagnosis/causes.ts'
import {claimRules} from '../../diagnosis/claim/index.ts'
import {claimSubject} from '../../diagnosis/claim/subject.ts'
import {diagnose} from '../../diagnosis/finding.ts'
import type {SetOrdinal} from '../../diagnosis/pod/diagnosis.ts'
import {diagnoseStatefulSet} from '../../diagnosis/stateful-set/diagnosis.ts'
import {ordinalFindings, withPod} from '../../diagnosis/stateful-set/ordinal-findings.ts'
import {nameOf, namespaceOf, type PersistentVolumeClaim} from '../../model/objects.ts'
import {ordinalsOf} from '../../model/ordinals.ts'
import {isWell} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {all, eventsAbout, named} from '../needs/lists.ts'
import {troubleNeeds} from '../needs/pods.ts'
import {storageNeeds} from '../needs/storage.ts'
import {type Explainer, type Explanation, NOTHING} from './explanation.ts'
import {claimLinks, inNamespace, missingPodLink, nodeLinks, podLink} from './links.ts'
import type {ChainLink} from './report.ts'
import {requestedSubject, theOne} from './subject.ts'
import {claimSummary} from './summary.ts'

/** One claim: who uses it, and what it stands on. */
export const claimExplainer: Explainer = {
  needs: (scope) => {
    const {name} = requestedSubject(scope)
    const {namespace} = scope
    return [
      {
        resource: 'persistentVolumeClaims',
        isSubject: true,
        ...within(scope),
        name,
      },
      all('pods', namespace),
      all('statefulSets', namespace),
      ...eventsAbout('PersistentVolumeClaim', namespace, [name]),
    ]
  },
  more: (relations, scope) => {
    const claim = claimIn(relations, scope)
    return claim ? claimNeeds(claim, relations) : []
  },
  explain: (relations, scope) => {
    const claim = claimIn(relations, scope)
    return claim ? explainClaim(claim, relations) : NOTHING
  },
}

function claimIn({snapshot}: Relations, scope: Scope): PersistentVolumeClaim | undefined {
  return theOne(snapshot.persistentVolumeClaims, scope, requestedSubject(scope).name)
}

/** Where its Pods run; where nobody runs, where somebody could. */
function claimNeeds(claim: PersistentVolumeClaim, relations: Relations): readonly Need[] {
  const users = relations.podsMounting(claim)
  const nodes = users.flatMap(({spec}) => spec?.nodeName ?? [])
  const unwell = users.filter((pod) => !isWell(pod))
  return [
    ...storageNeeds([claim], relations),
    ...(nodes.length > 0 && unwell.length === 0
      ? named(
          'nodes',
          nodes.map((name) => ({name})),
        )
      : [all('nodes')]),
    ...troubleNeeds(unwell, relations),
  ]
}

function explainClaim(claim: PersistentVolumeClaim, relations: Relations): Explanation {
  const users = relations.podsMounting(claim)
  const place = placeOf(claim, relations)
  const node = users.find(({spec}) => spec?.nodeName)
  const [namespace, name] = [namespaceOf(claim), nameOf(claim)]
  const nodes = new Map(users.flatMap((pod) => nodeLinks(pod, relations)).map((link) => [link.name, link]))
  return {
    summary: claimSummary(claim),
    chain: [
      ...(place ? placeLinks(place, relations) : []),
      ...userLinks(claim, place, relations),
      ...claimLinks(namespace, name, node?.spec?.nodeName, relations),
      ...nodes.values(),
    ],
    findings: claimFindings(claim, place, relations),
    others: [],
  }
}

/** The ordinal that has it, if a set's template creates or created it. */
function placeOf(claim: PersistentVolumeClaim, relations: Relations): SetOrdinal | undefined {
  const name = nameOf(claim)
  for (const set of relations.snapshot.statefulSets) {
    if (namespaceOf(set) !== namespaceOf(claim)) continue
    const ordinal = ordinalsOf(set, relations).find(({claims}) => claims.some((each) => each.name === name))
    if (ordinal) return {set, ordinal}
  }
  return undefined
}

/** What is wrong with the claim, and with the Pods that mount it. */
function claimFindings(
  claim: PersistentVolumeClaim,
  place: SetOrdinal | undefined,
  relations: Relations,
): readonly Blamed[] {
  const [namespace, name] = [namespaceOf(claim), nameOf(claim)]
  const own = place
    ? ordinalFindings(place.set, place.ordinal, relations)
    : diagnose(claimRules, claimSubject(namespace, name, relations))
  const users = relations.podsMounting(claim).filter((pod) => pod !== place?.ordinal.pod)
  const found = [
    ...users.reduce((known, pod) => withPod(known, pod, relations), own),
    ...(place ? orderFindings(place, relations) : []),
  ]
  const subject = {kind: 'PersistentVolumeClaim', namespace, name}
  return blame(found, {subject, blockers: []}, relations)
}

/** Why the Pod of its ordinal is left as it is, which neither the Pod nor the claim tells. */
function orderFindings({set, ordinal}: SetOrdinal, relations: Relations): readonly Blamed[] {
  const {pod} = ordinal
  if (!pod) return []
  const {findings} = diagnoseStatefulSet(set, relations)
  return findings.filter(({id, object}) => rankOf(id) === 'order' && object.name === nameOf(pod))
}

const TEXTS = {
  desired: 'has the claim',
  condemned: 'has the claim; its Pod will be deleted',
  leftover: 'only its claims are left',
} as const

function placeLinks({set, ordinal}: SetOrdinal, relations: Relations): readonly ChainLink[] {
  const namespace = namespaceOf(set)
  const lacksPod = ordinal.state === 'desired' && !ordinal.pod && relations.sees('pods')
  return [
    {
      ...inNamespace('StatefulSet', namespace, nameOf(set)),
      state: 'ok',
      text: 'keeps the claim for its ordinal',
    },
    {
      ...inNamespace('Ordinal', namespace, String(ordinal.ordinal)),
      state: lacksPod ? 'missing' : 'ok',
      text: lacksPod ? 'should have a Pod and has none' : TEXTS[ordinal.state],
    },
  ]
}

const FEW = 5

/** Pods that mount it; of many the first ones. */
function userLinks(
  claim: PersistentVolumeClaim,
  place: SetOrdinal | undefined,
  relations: Relations,
): readonly ChainLink[] {
  const users = relations.podsMounting(claim)
  const links = users.slice(0, FEW).map((pod) => podLink(pod, relations))
  if (users.length > 0) return links
  if (place?.ordinal.state !== 'desired') return []
  const name = `${nameOf(place.set)}-${place.ordinal.ordinal}`
  return place.ordinal.pod ? [] : [missingPodLink(namespaceOf(claim), name, relations)]
}
