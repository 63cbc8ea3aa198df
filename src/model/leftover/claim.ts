import {nameOf, namespaceOf, type PersistentVolumeClaim, type StatefulSet} from '../objects.ts'
import {isTakenUpByGrowth, ordinalsOf} from '../ordinals.ts'
import {possibleSets} from '../possible-sets.ts'
import type {Relations} from '../relations.ts'
import {desiredReplicas} from '../stateful-set.ts'
import {isNamedInTemplate, isStatefulSet, otherOwnerOf} from './sets.ts'
import {type LookingLeft, leftover, settled, spared, type Verdict} from './verdict.ts'

type ClaimVerdict = Verdict<'PersistentVolumeClaim'>

/**
 * Whether a claim that nobody mounts is left over from a StatefulSet. Of claims whose names are not those of ordinals nothing is
 * said: what they are for, such as a CronJob that runs at night, is not known.
 */
export function claimVerdict(claim: PersistentVolumeClaim, relations: Relations): ClaimVerdict | undefined {
  const verdict = unsettled(claim, relations)
  return settled(claim, verdict, relations.snapshot, claim.metadata?.creationTimestamp, unusedSince(claim))
}

function unsettled(claim: PersistentVolumeClaim, relations: Relations): ClaimVerdict | undefined {
  const sets = setsOf(claim, relations)
  if (sets.length === 0 || isInUse(claim, relations)) return undefined
  const found = sets.map((name) => ({name, set: relations.statefulSet(namespaceOf(claim), name)}))
  for (const {name, set} of found) {
    const verdict = set && verdictOfSet(claim, name, set, relations)
    if (verdict) return verdict === IN_USE ? undefined : verdict
  }
  const gone = found.filter(({set}) => !set).map(({name}) => name)
  if (gone.length === 0) return undefined
  return sparedFor(claim, gone, relations) ?? leftover('NoSet', {sets: gone, ordinal: ordinalAtEnd(claim)})
}

function setsOf(claim: PersistentVolumeClaim, {once, snapshot}: Relations): readonly string[] {
  const possible = once('possible sets', snapshot.persistentVolumeClaims, possibleSets)
  const prefix = `${namespaceOf(claim)}/`
  return possible(namespaceOf(claim), nameOf(claim)).map((key) => key.slice(prefix.length))
}

/** A Pod mounts it, or has created it for itself; or a template names it, or a Pod that is not there yet will. */
export function isInUse(claim: PersistentVolumeClaim, relations: Relations): boolean {
  const isOfPod = claim.metadata?.ownerReferences?.some(({kind}) => kind === 'Pod') ?? false
  if (isOfPod || unusedOf(claim)?.status === 'False') return true
  return relations.podsMounting(claim).length > 0 || isNamedInTemplate(claim, relations)
}

const IN_USE = 'in use'

/** Undefined: it is none of that set's. */
function verdictOfSet(
  claim: PersistentVolumeClaim,
  name: string,
  set: StatefulSet,
  relations: Relations,
): ClaimVerdict | typeof IN_USE | undefined {
  const states = relations.once('claims by state', set, () => claimStates(set, relations))
  const own = states.get(nameOf(claim))
  if (!own) return undefined
  const {ordinal, claim: ordinalClaim} = own
  const of = {sets: [name], ordinal}
  // its ordinal may be there, and has no use for it
  if (ordinalClaim.template === undefined && !ordinalClaim.isMounted) return leftover('NoTemplate', of)
  if (own.state !== 'leftover') return IN_USE
  if (!isTakenUpByGrowth(set, ordinal, ordinalClaim)) return leftover('BelowStart', of)
  if (desiredReplicas(set) === 0) return spared('Parked', `StatefulSet/${name}`)
  return leftover('BeyondOrdinals', of)
}

function claimStates(set: StatefulSet, relations: Relations) {
  return new Map(
    ordinalsOf(set, relations).flatMap(({claims, state, ordinal}) =>
      claims.map((claim) => [claim.name, {state, ordinal, claim}] as const),
    ),
  )
}

/** Since when no Pod uses it. */
export function unusedSince(claim: PersistentVolumeClaim): string | undefined {
  const condition = unusedOf(claim)
  return condition?.status === 'True' ? condition.lastTransitionTime : undefined
}

/** Whether a Pod that has not finished uses it: servers from 1.37 say so of every claim (KEP-5541). */
export function unusedOf({status}: PersistentVolumeClaim) {
  return status?.conditions?.find(({type}) => String(type) === 'Unused')
}

function ordinalAtEnd(claim: PersistentVolumeClaim): number {
  return Number(/\d+$/.exec(nameOf(claim))?.[0])
}

/** Who else may want it: its owner, a controller with Pods of that name, or whatever has put a label of its own on it. */
function sparedFor(
  claim: PersistentVolumeClaim,
  sets: readonly string[],
  relations: Relations,
): LookingLeft | undefined {
  const owner = claim.metadata?.ownerReferences?.find((each) => !isStatefulSet(each))
  if (owner) return spared('OtherOwner', `${owner.kind}/${owner.name}`)
  const others = sets.map((set) => otherOwnerOf(namespaceOf(claim), set, relations))
  const other = others.find((each) => each !== undefined)
  if (other !== undefined) return spared('OtherOwner', other)
  const label = foreignLabel(claim)
  return label === undefined ? undefined : spared('ForeignLabel', label)
}

/** Domains of labels that say nothing of who runs the set: Kubernetes' own, and those of tools that apply or restore objects. */
const COMMON =
  /(^|\.)(kubernetes\.io|k8s\.io|helm\.sh|argoproj\.io|toolkit\.fluxcd\.io|velero\.io|kustomize\.io|cattle\.io)$/

function foreignLabel({metadata}: PersistentVolumeClaim): string | undefined {
  return Object.keys(metadata?.labels ?? {}).find((key) => {
    const [domain, name] = key.split('/')
    return name !== undefined && !COMMON.test(domain ?? '')
  })
}
