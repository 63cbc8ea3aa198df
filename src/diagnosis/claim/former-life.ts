import {nameOf, type Pod} from '../../model/objects.ts'
import {isReady} from '../../model/pod.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {STARTING_SECONDS, secondsBetween, TOGETHER_SECONDS} from '../patience.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding} from './claim-finding.ts'

export const causes = {
  'pvc-reused-from-former-life': {
    title: 'member started on old data',
    applies: ['PersistentVolumeClaim'],
    sign: 'The claim is much older than the set or the Pod: the ordinal existed before, and the set took its claim up again by name.',
    remedy:
      'Mostly this is wanted. If the member must start fresh, scale it away, and decide about the claim then.',
    risk: 'a new claim is empty, and what the old one holds goes with it unless its volume has reclaim policy Retain',
    rank: 'aside',
  },
} satisfies Causes

/**
 * The set reuses by its name a claim that is older than itself, with whatever it holds. Most such members work: only
 * one that is not ready is worth a word. A set that was re-created around its Pods goes on with its own claims.
 */
export const formerLife: Rule<ClaimSubject> = (subject) => {
  const {claim, of, namespace, name, relations} = subject
  const pod = of?.ordinal.pod
  if (!claim || !of || !pod || isReady(pod) || claim.status?.phase !== 'Bound') return undefined
  if (of.ordinalClaim.template === undefined || !of.ordinalClaim.isMounted) return undefined
  const [created, setCreated] = [claim.metadata?.creationTimestamp, of.set.metadata?.creationTimestamp]
  if (!(secondsBetween(created, setCreated) > TOGETHER_SECONDS) || isContinued(subject)) return undefined
  return claimFinding(subject, {
    id: 'pvc-reused-from-former-life',
    severity: isStarting(pod, relations.snapshot.observedAt) ? 'info' : 'warning',
    message: `Pod ${nameOf(pod)} is not ready and started with old data: claim ${name} is older than StatefulSet ${nameOf(of.set)}`,
    ...(created && {since: created}),
    evidence: [
      `pvc/${name} metadata.creationTimestamp=${created}`,
      `statefulset/${nameOf(of.set)} metadata.creationTimestamp=${setCreated}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'pvc', '-n', namespace, name, '-o', 'yaml')],
      act: [
        {text: 'if the old data is wanted: leave the claim, nothing is wrong with it', commands: []},
        {
          text: 'if the member should start fresh: copy what is worth keeping, and only then give it a new claim',
          commands: [],
        },
      ],
      risk: causes['pvc-reused-from-former-life'].risk,
      avoid: '',
      rung: 0,
    },
  })
}

/** Whoever creates a set again around its claims sees each Pod start. */
function isStarting({metadata}: Pod, now: string): boolean {
  return !(secondsBetween(metadata?.creationTimestamp, now) > STARTING_SECONDS)
}

/** The set itself is older than it looks: it took up Pods or revisions that were there before it (--cascade=orphan). */
function isContinued({of, relations}: ClaimSubject): boolean {
  const set = of?.set
  const uid = set?.metadata?.uid
  return [...relations.podsOf(uid), ...relations.revisionsOf(uid)].some(
    ({metadata}) => secondsBetween(metadata?.creationTimestamp, set?.metadata?.creationTimestamp) > 0,
  )
}
