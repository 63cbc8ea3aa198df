import {claimRules} from '../diagnosis/claim/index.ts'
import {diagnose, type Finding} from '../diagnosis/finding.ts'
import {nameOf, namespaceOf, type PersistentVolumeClaim} from '../model/objects.ts'
import {ordinalsOf} from '../model/ordinals.ts'
import {isReady} from '../model/pod.ts'
import type {Relations} from '../model/relations.ts'
import type {Need, Scope} from '../model/scope.ts'
import {claimSubject} from './map-parts.ts'
import {ordinalFindings} from './map-stateful-set.ts'
import {furtherPodFindings} from './pod-findings.ts'
import {type Explainer, type Explanation, NOTHING} from './why-explanation.ts'
import {claimLinks, inNamespace, missingPodLink, nodeLinks, podLink} from './why-links.ts'
import {all, eventsAbout, named} from './why-needs.ts'
import type {Place} from './why-pod-standing.ts'
import type {ChainLink} from './why-report.ts'
import {storageNeeds} from './why-storage-needs.ts'
import {askedFor, theOne} from './why-subject.ts'

/** One claim: who uses it, and what it stands on. */
export const claimExplainer: Explainer = {
  needs: (scope) => {
    const {name} = askedFor(scope)
    const {namespace} = scope
    return [
      {
        resource: 'persistentVolumeClaims',
        isSubject: true,
        ...(namespace !== undefined && {namespace}),
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
  return theOne(snapshot.persistentVolumeClaims, scope, askedFor(scope).name)
}

/** Where its Pods run; where nobody runs, where somebody could. */
function claimNeeds(claim: PersistentVolumeClaim, relations: Relations): readonly Need[] {
  const users = relations.podsMounting(claim)
  const nodes = users.flatMap(({spec}) => spec?.nodeName ?? [])
  const unwell = users.filter((pod) => !isReady(pod))
  return [
    ...storageNeeds([claim], relations),
    ...(nodes.length > 0 && unwell.length === 0
      ? named(
          'nodes',
          nodes.map((name) => ({name})),
        )
      : [all('nodes')]),
    ...eventsAbout('Pod', namespaceOf(claim), unwell.map(nameOf)),
  ]
}

function explainClaim(claim: PersistentVolumeClaim, relations: Relations): Explanation {
  const users = relations.podsMounting(claim)
  const place = placeOf(claim, relations)
  const node = users.find(({spec}) => spec?.nodeName)
  const [namespace, name] = [namespaceOf(claim), nameOf(claim)]
  const own = ownFindings(claim, place, relations)
  const nodes = new Map(users.flatMap((pod) => nodeLinks(pod, relations)).map((link) => [link.name, link]))
  return {
    chain: [
      ...(place ? placeLinks(place, relations) : []),
      ...userLinks(claim, place, relations),
      ...claimLinks(namespace, name, node?.spec?.nodeName, relations),
      ...nodes.values(),
    ],
    findings: [...own, ...users.flatMap((pod) => furtherPodFindings(pod, relations, own))],
    others: [],
  }
}

/** The ordinal that has it, if a set's template makes or made it. */
function placeOf(claim: PersistentVolumeClaim, relations: Relations): Place | undefined {
  const name = nameOf(claim)
  for (const set of relations.snapshot.statefulSets) {
    if (namespaceOf(set) !== namespaceOf(claim)) continue
    const ordinal = ordinalsOf(set, relations).find(({claims}) => claims.some((each) => each.name === name))
    if (ordinal) return {set, ordinal}
  }
  return undefined
}

function ownFindings(
  claim: PersistentVolumeClaim,
  place: Place | undefined,
  relations: Relations,
): readonly Finding[] {
  if (place) return ordinalFindings(place.set, place.ordinal, relations)
  return diagnose(claimRules, claimSubject(namespaceOf(claim), nameOf(claim), relations))
}

const TEXTS = {
  desired: 'has the claim',
  condemned: 'has the claim; its Pod is to go',
  leftover: 'only its claims are left',
} as const

function placeLinks({set, ordinal}: Place, relations: Relations): readonly ChainLink[] {
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
  place: Place | undefined,
  relations: Relations,
): readonly ChainLink[] {
  const users = relations.podsMounting(claim)
  const links = users.slice(0, FEW).map((pod) => podLink(pod, relations))
  if (users.length > 0) return links
  if (place?.ordinal.state !== 'desired') return []
  const name = `${nameOf(place.set)}-${place.ordinal.ordinal}`
  return place.ordinal.pod ? [] : [missingPodLink(namespaceOf(claim), name, relations)]
}
