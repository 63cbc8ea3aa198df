import {refusal} from '../../model/node.ts'
import type {ObjectReference} from '../../model/objects.ts'
import {nameOf, namespaceOf, type PersistentVolume, type Pod} from '../../model/objects.ts'
import {placementOf} from '../../model/placement.ts'
import type {Relations} from '../../model/relations.ts'
import {allowedNodes} from '../../model/volume.ts'
import type {Finding, Rule} from '../finding.ts'
import {refusalText} from '../node-refusal.ts'
import {notReadyTrouble} from '../node-trouble.ts'
import {begun, reachText} from '../pod/scheduling/finding.ts'
import {type BoundClaim, type Misplaced, misplaced} from '../pod/scheduling/misplaced.ts'
import {passingId} from '../pod/scheduling/passing-causes.ts'
import {unschedulable} from '../pod/scheduling/pinned-reason.ts'
import {OUT_OF_REACH} from '../pod/scheduling/reasons-place.ts'
import type {OrdinalSubject} from '../subjects.ts'
import {FEW} from '../words.ts'
import {describePod, passing, type Refusals, unreachableRemedy} from './unreachable-remedy.ts'

/**
 * The ordinal does not run, and no node that may take new Pods can reach all of its volumes: it can't come
 * back until such a node does. Room on the nodes is not looked at.
 */
export const unreachableVolume: Rule<OrdinalSubject> = (subject) => {
  const {set, ordinal, relations} = subject
  const isGone = !ordinal.pod?.spec?.nodeName || nodeIsGone(subject)
  const isSeen = relations.sees('nodes') && relations.sees('pods')
  if (ordinal.state !== 'desired' || !isGone || !isSeen) return undefined
  const bound = boundClaims(subject).filter(({volume}) => isPinned(volume))
  const volumes = bound.map(({volume}) => volume)
  const [volume] = volumes
  if (!volume) return undefined
  const {allowed, open} = placementOf({volumes, selected: [], template: set.spec?.template}, relations)
  if (open.length > 0) return undefined
  const refusals = relations.once('refusals', allowed, () =>
    allowed.flatMap((node) => {
      const refused = refusal(node, set.spec?.template)
      return refused ? [[node, refused] as const] : []
    }),
  )
  const hasFitting = refusals.some(([, {matchesAffinity}]) => matchesAffinity)
  const place = hasFitting ? undefined : misplaced({bound, template: set.spec?.template, relations})
  return place ? describeMisplaced(subject, volume, place) : describe(subject, volumes, refusals)
}

function describeMisplaced(
  {ordinal}: OrdinalSubject,
  volume: PersistentVolume,
  {text, evidence, remedy}: Misplaced,
): Finding {
  return {
    id: OUT_OF_REACH,
    severity: 'error',
    message: `${begun(text)} (ordinal ${ordinal.ordinal} can't run)`,
    object: {kind: 'PersistentVolume', name: nameOf(volume)},
    ...refusedSince(ordinal.pod),
    evidence,
    selfHealing: 'no',
    remedy: {...remedy, look: [...describePod(ordinal.pod), ...(remedy.look ?? [])]},
  }
}

function refusedSince(pod: Pod | undefined): Pick<Finding, 'since'> {
  const since = pod && unschedulable(pod)?.lastTransitionTime
  return since ? {since} : {}
}

function nodeIsGone({ordinal, relations}: OrdinalSubject): boolean {
  const node = ordinal.pod?.spec?.nodeName
  return node !== undefined && relations.node(node) === undefined
}

/** Those that the next Pod will mount; what is left of a template that is gone holds nobody back. */
function boundClaims({set, ordinal, relations}: OrdinalSubject): readonly BoundClaim[] {
  return ordinal.claims
    .filter(({isMounted, template}) => isMounted || template !== undefined)
    .flatMap(({name}) => {
      const claim = relations.claim(namespaceOf(set), name)
      const volume = relations.volume(claim?.spec?.volumeName ?? '')
      return claim && volume ? [{claim, volume}] : []
    })
}

function isPinned(volume: PersistentVolume): boolean {
  return volume.spec?.nodeAffinity?.required !== undefined
}

function describe(
  subject: OrdinalSubject,
  volumes: readonly PersistentVolume[],
  refusals: Refusals,
): Finding {
  const {ordinal, relations} = subject
  const state = passing(refusals, relations)
  return {
    id: state ? passingId(state) : OUT_OF_REACH,
    severity: 'error',
    message: `${whyNot(volumes, refusals, relations)} (ordinal ${ordinal.ordinal} can't come back)`,
    object: {kind: 'PersistentVolume', name: nameOf(volumes[0] ?? {})},
    ...refusedSince(ordinal.pod),
    ...(refusals.length > 0 && {blames: relations.once('blames', refusals, () => blamesOf(refusals))}),
    evidence: [
      ...volumes.map((volume) => `pv/${nameOf(volume)} spec.nodeAffinity allows ${reachText(volume)}`),
      ...refusals.slice(0, FEW).flatMap(refusalProofs),
    ],
    selfHealing: 'maybe',
    remedy: unreachableRemedy(subject, refusals, volumes),
  }
}

/** What keeps the Pod off the node, and what its kubelet says where it is not ready. */
function refusalProofs([node, reason]: Refusals[number]): readonly string[] {
  const trouble = notReadyTrouble(node)
  return [`node/${nameOf(node)} ${refusalText(reason)}`, ...(trouble ? [trouble.evidence] : [])]
}

function blamesOf(refusals: Refusals): readonly ObjectReference[] {
  return refusals.map(([node]) => ({kind: 'Node', name: nameOf(node)}))
}

function whyNot(volumes: readonly PersistentVolume[], refusals: Refusals, relations: Relations): string {
  const [first] = volumes
  const names = volumes.map(nameOf).join(' and ')
  const which = volumes.length > 1 ? `Volumes ${names} are` : `Volume ${names} is`
  const where = first ? reachText(first) : ''
  const state = passing(refusals, relations)
  const nearest = refusals.find(([each]) => nameOf(each) === state?.name) ?? refusals[0]
  if (!nearest) {
    const wanted = first ? (allowedNodes(first).nodes ?? []) : []
    const gone = wanted.filter((name) => relations.node(name) === undefined)
    const what = gone.length > 0 ? `and no such node exists` : 'and no node there fits'
    return `${which} only reachable from ${where}, ${what}`
  }
  const [node, reason] = nearest
  const name = nameOf(node)
  const more = refusals.length - 1
  const others = more > 0 ? `, and ${more} more ${more === 1 ? 'node refuses' : 'nodes refuse'}` : ''
  // said once, where the one node that holds the data is the one that refuses
  const text = state?.text ?? refusalText(reason)
  const why = where === `node ${name}` ? `, which ${text}` : `; node ${name} ${text}`
  return `${which} only reachable from ${where}${why}${others}`
}
