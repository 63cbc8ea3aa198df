import type {Finding, Severity} from '../diagnosis/finding.ts'
import type {ObjectReference} from '../model/objects.ts'
import type {ChainLink} from './why-report.ts'

const SEVERITY: Readonly<Record<Severity, number>> = {error: 0, warning: 1, info: 2}

/** What explains what: nodes and volumes explain claims, claims explain Pods, never the reverse (causes.md §3). */
const NEARNESS: Readonly<Record<string, number>> = {
  Node: 1,
  PersistentVolume: 1,
  VolumeAttachment: 1,
  StorageClass: 1,
  PersistentVolumeClaim: 2,
  Pod: 4,
}
const FURTHEST = 5
const PODS = 4

/** These say why a Pod is left as it is, which what is wrong inside of it does not explain. */
const BEFORE_PODS: ReadonlySet<string> = new Set([
  'sts-ordered-revision-deadlock',
  'sts-scaledown-two-unhealthy',
])

/** These say only that a Pod is not ready; whatever says why says more. */
const GENERAL: ReadonlySet<string> = new Set([
  'sts-blocked-by-unready-at-target',
  'sts-parallel-waits-for-updated',
  'ds-new-pod-unavailable',
])

/** These say only that a Pod waits for its claim; whatever is wrong with the claim says more. */
const POINTERS: ReadonlySet<string> = new Set([
  'sched-unbound-immediate-pvc',
  'sched-no-pv-to-bind',
  'sched-pv-missing',
  'sched-pvc-being-deleted',
])

/** Each once, worst first; of equals what is on the chain first, and of that what is nearest to the cause. */
export function causeFirst(findings: readonly Finding[], chain: readonly ChainLink[]): readonly Finding[] {
  const links = new Set(chain.map(referenceKey))
  const isLink = ({object}: Finding) => links.has(referenceKey(object))
  const once = new Map(findings.map((finding) => [`${finding.id} ${referenceKey(finding.object)}`, finding]))
  const all = inheriting([...once.values()])
  const keys = (finding: Finding) => [
    SEVERITY[finding.severity],
    isLink(finding) ? 0 : 1,
    BEFORE_PODS.has(finding.id) ? 3 : (NEARNESS[finding.object.kind] ?? FURTHEST),
  ]
  return all
    .filter((finding) => !GENERAL.has(finding.id) || !isExplained(finding, all, isLink))
    .filter((finding) => !isRepeated(finding, all, isLink) && !isFollowed(finding, all))
    .toSorted((left, right) => compare(keys(left), keys(right)))
}

/** Where only something milder says why a Pod is not ready, and that is an error, the first to say why is one. */
function inheriting(all: readonly Finding[]): readonly Finding[] {
  const errors = all.filter(({id, severity}) => GENERAL.has(id) && severity === 'error')
  const heirs = errors.map((general) => {
    const own = all.filter(({id, object}) => !GENERAL.has(id) && isSameObject(object, general.object))
    const isTold = own.some(({severity}) => severity === 'error')
    return isTold ? undefined : own.find(({severity}) => severity === 'warning')
  })
  return all.map((finding) => (heirs.includes(finding) ? {...finding, severity: 'error'} : finding))
}

function isSameObject(left: ObjectReference, right: ObjectReference): boolean {
  return referenceKey(left) === referenceKey(right)
}

/** By trouble of the same Pod, or by something as bad about what it stands on where that is the chain. */
function isExplained(
  finding: Finding,
  all: readonly Finding[],
  isLink: (finding: Finding) => boolean,
): boolean {
  const {severity, object} = finding
  const isOnChain = isLink(finding)
  return all.some((other) => {
    if (GENERAL.has(other.id)) return false
    const isSame = isSameObject(other.object, object)
    // however mild: it says what the general one does not know
    if (isSame && other.severity !== 'info') return true
    const isBelow = isOnChain && isLink(other) && (NEARNESS[other.object.kind] ?? FURTHEST) < PODS
    return (isSame || isBelow) && isAsTelling(other, severity)
  })
}

/** A Pod without a node lacks nothing else, however mild that is: a gate, or a cordon that somebody means. */
function isAsTelling({id, severity}: Finding, than: Severity): boolean {
  return SEVERITY[severity] <= SEVERITY[than] || (id.startsWith('sched-') && severity !== 'info')
}

/** The same cause, told of the Pod and of what it stands on. */
function isRepeated(
  finding: Finding,
  all: readonly Finding[],
  isLink: (finding: Finding) => boolean,
): boolean {
  if (finding.object.kind !== 'Pod' || !isLink(finding)) return false
  return all.some((other) => other.id === finding.id && other.object.kind !== 'Pod' && isLink(other))
}

/** It points at an object of which something as bad is known. */
function isFollowed({id, severity, object}: Finding, all: readonly Finding[]): boolean {
  if (!POINTERS.has(id)) return false
  const known = all.filter(
    (other) => !POINTERS.has(other.id) && SEVERITY[other.severity] <= SEVERITY[severity],
  )
  return known.some((other) => isSameObject(other.object, object))
}

function compare(left: readonly number[], right: readonly number[]): number {
  const place = left.findIndex((each, index) => each !== right[index])
  return place < 0 ? 0 : (left[place] ?? 0) - (right[place] ?? 0)
}

/** Whoever an error is about is broken, however well it looks. */
export function marked(chain: readonly ChainLink[], findings: readonly Finding[]): readonly ChainLink[] {
  const broken = new Set(
    findings.filter(({severity}) => severity === 'error').map(({object}) => referenceKey(object)),
  )
  return chain.map((link) =>
    broken.has(referenceKey(link)) && link.state !== 'missing' ? {...link, state: 'broken'} : link,
  )
}

/** The same for all that points at the same object. */
export function referenceKey({kind, namespace = '', name}: ObjectReference): string {
  return `${kind}/${namespace}/${name}`
}
