import {isGrowing, storageClassOf} from '../../model/claim.ts'
import {nameOf, type PersistentVolume} from '../../model/objects.ts'
import {quantity} from '../../model/quantity.ts'
import type {ClaimUsage} from '../../model/usage.ts'
import type {Act, Finding} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {ClaimSubject} from '../subjects.ts'

export const NO_SHRINKING = 'a claim can grow and never shrink'
export const NO_FILES =
  'delete files by hand: what looks old, such as a log of transactions, may be what the application recovers from'

const APPLICATION =
  'have the application itself give space free, by its own means: shorter retention, compaction, fewer replicas of the data'

/** Room for more, where there can be any; what is on a disk is only for its application to decide. */
export function diskRemedy(subject: ClaimSubject, usage: ClaimUsage): Finding['remedy'] {
  const {namespace, name} = subject
  const expansion = expand(subject)
  return {
    look: [kubectl('describe', 'pvc', '-n', namespace, name)],
    act: [expansion ?? {text: because(subject, usage), commands: []}, {text: APPLICATION, commands: []}],
    risk: expansion ? NO_SHRINKING : '',
    avoid: NO_FILES,
    rung: expansion ? 1 : 0,
  }
}

/** By half of what it has: enough to go on, and little enough to be paid. */
const SHARE = 1.5
const GI = 2 ** 30

function expand({claim, volume, namespace, name, relations}: ClaimSubject): Act | undefined {
  const storageClass = relations.storageClass((claim && storageClassOf(claim)) ?? '')
  const has = quantity(claim?.status?.capacity?.storage)
  const canGrow = storageClass?.allowVolumeExpansion === true && !isOnNode(volume)
  if (!claim || !has || !canGrow || isGrowing(claim)) return undefined
  const storage = `${Math.ceil((has * SHARE) / GI)}Gi`
  const patch = JSON.stringify({spec: {resources: {requests: {storage}}}})
  return {
    text: `expand the claim, by half for instance: StorageClass ${nameOf(storageClass)} allows it`,
    commands: [kubectl('patch', 'pvc', '-n', namespace, name, '-p', patch)],
  }
}

/** A directory, or a disk, of the node itself. */
function isOnNode(volume: PersistentVolume | undefined): boolean {
  return Boolean(volume?.spec?.hostPath || volume?.spec?.local)
}

/** What stands in the way of an expansion, and what to do in its place. */
function because({claim, volume, relations}: ClaimSubject, {nodeName}: ClaimUsage): string {
  if (claim && isGrowing(claim)) return 'the claim asks for more already: see to it that its expansion ends'
  if (isOnNode(volume))
    return `the volume is a directory or a disk of node ${nodeName}, which may hold other things as well: make room there`
  const storageClass = (claim && storageClassOf(claim)) ?? ''
  const isSeen = relations.storageClass(storageClass) !== undefined
  return isSeen
    ? `StorageClass ${storageClass} does not allow volume expansion; if its driver can expand volumes, set allowVolumeExpansion there`
    : 'if its StorageClass allows volume expansion, ask for more in spec.resources.requests.storage of the claim'
}
