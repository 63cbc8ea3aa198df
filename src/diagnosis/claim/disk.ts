import {usageOf} from '../../model/claim-usage.ts'
import {type ClaimUsage, freeInodeShare, freeShare} from '../../model/usage.ts'
import {volumeSource} from '../../model/volume.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'
import {diskRemedy, NO_FILES, NO_SHRINKING} from './disk-remedy.ts'

export const causes = {
  'disk-full': {
    title: 'disk is full',
    applies: ['PersistentVolumeClaim'],
    sign: 'With `map --usage`: less than 1% of the volume and less than 1Gi of it is free, or fewer than 1% of its inodes and fewer than 1000; the next segment of a log or of a table may not fit.',
    remedy:
      'If the class has `allowVolumeExpansion: true`, patch the request of the claim. Else have the application itself give space free. Inodes grow with most file systems.',
    risk: NO_SHRINKING,
    riskWhen: 'the class allows expansion',
    avoid: NO_FILES,
  },
  'disk-nearly-full': {
    title: 'disk is nearly full',
    applies: ['PersistentVolumeClaim'],
    sign: 'With `map --usage`: less than 3% of the volume is free (where the usual alert `KubePersistentVolumeFillingUp` is critical), or less than 10% and less than 50Gi; or fewer than 5% of its inodes. Kubelets evict Pods where so little of their own disk is left.',
    remedy: 'The same as of a full disk, before it is one.',
    risk: NO_SHRINKING,
    riskWhen: 'the class allows expansion',
    avoid: NO_FILES,
    rank: 'aside',
  },
} satisfies Causes

const GI = 2 ** 30

/** Of either kind less than a share of all, and less than an amount, which a share of a large disk may well be enough for. */
interface Least {
  readonly share: number
  readonly amount: number
}

const FULL: Least = {share: 0.01, amount: GI}
const FULL_INODES: Least = {share: 0.01, amount: 1000}
const CRITICAL: Least = {share: 0.03, amount: Number.POSITIVE_INFINITY}
const LOW: Least = {share: 0.1, amount: 50 * GI}
const LOW_INODES: Least = {share: 0.05, amount: Number.POSITIVE_INFINITY}

/** File systems that make inodes as they need them; old drivers say that none are free (ceph-csi#3407). */
const WITHOUT_INODES = /cephfs|nfs|efs|lustre/i

const hasFewBytes = (usage: ClaimUsage, ...leasts: readonly Least[]) =>
  leasts.some((least) => isBelow(usage.availableBytes, freeShare(usage), least))

const hasFewInodes = (usage: ClaimUsage, {volume}: ClaimSubject, least: Least) =>
  !(volume && WITHOUT_INODES.test(volumeSource(volume))) &&
  isBelow(usage.inodesFree, freeInodeShare(usage), least)

function isBelow(free: number | null, share: number | undefined, least: Least): boolean {
  return free !== null && share !== undefined && share < least.share && free < least.amount
}

const full: Rule<ClaimSubject> = (subject) => {
  const usage = measuredOf(subject)
  if (!usage) return undefined
  if (hasFewBytes(usage, FULL)) return found(subject, usage, 'disk-full', `is full: ${bytesText(usage)}`)
  if (!hasFewInodes(usage, subject, FULL_INODES)) return undefined
  return found(subject, usage, 'disk-full', `has no inodes left: ${inodesText(usage)}`)
}

const nearlyFull: Rule<ClaimSubject> = (subject) => {
  const usage = measuredOf(subject)
  if (!usage) return undefined
  if (hasFewBytes(usage, CRITICAL, LOW))
    return found(subject, usage, 'disk-nearly-full', `is nearly full: ${bytesText(usage)}`)
  if (!hasFewInodes(usage, subject, LOW_INODES)) return undefined
  return found(subject, usage, 'disk-nearly-full', `has few inodes left: ${inodesText(usage)}`)
}

/** What is left on the disk. */
export const disk: Rule<ClaimSubject> = firstCause([full, nearlyFull])

/**
 * By the node that has the least left of it; nothing of a volume that is only read, which is as full as it was made, nor of one
 * that nothing is on, as of a block device.
 */
function measuredOf({namespace, name, claim, relations}: ClaimSubject): ClaimUsage | undefined {
  const modes = claim?.spec?.accessModes ?? []
  const isReadOnly = modes.length > 0 && modes.every((mode) => mode === 'ReadOnlyMany')
  if (!claim || isReadOnly || claim.spec?.volumeMode === 'Block') return undefined
  const [least] = usageOf(relations, namespace, name)
    .filter(({usedBytes}) => usedBytes !== null && usedBytes > 0)
    .toSorted((one, other) => (freeShare(one) ?? 1) - (freeShare(other) ?? 1))
  return least
}

function found(subject: ClaimSubject, usage: ClaimUsage, id: keyof typeof causes, says: string): Finding {
  const {nodeName, measuredAt} = usage
  const figures = FIGURES.map((figure) => `${figure}=${usage[figure] ?? '<none>'}`).join(' ')
  return claimFinding(subject, {
    id,
    severity: id === 'disk-full' ? 'error' : 'warning',
    message: `The volume ${says} (${claimText(subject)})`,
    evidence: [
      `kubelet of node/${nodeName ?? '<unknown>'}${measuredAt ? ` at ${measuredAt}` : ''}: ${figures}`,
    ],
    selfHealing: 'no',
    remedy: diskRemedy(subject, usage),
  })
}

const FIGURES = [
  'capacityBytes',
  'usedBytes',
  'availableBytes',
  'inodes',
  'inodesUsed',
  'inodesFree',
] as const

/** `12Mi of 10240Mi are free`. */
function bytesText({availableBytes, usedBytes}: ClaimUsage): string {
  const [free, all] = [availableBytes ?? 0, (availableBytes ?? 0) + (usedBytes ?? 0)]
  const [unit, size] = all < 2 ** 21 ? ['Ki', 2 ** 10] : ['Mi', 2 ** 20]
  return `${Math.floor(free / size)}${unit} of ${Math.floor(all / size)}${unit} are free`
}

function inodesText({inodesFree, inodesUsed}: ClaimUsage): string {
  return `${inodesFree ?? 0} of ${(inodesFree ?? 0) + (inodesUsed ?? 0)} are free`
}
