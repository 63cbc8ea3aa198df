import {nameOf, namespaceOf} from '../../model/objects.ts'
import {isReady} from '../../model/pod.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import type {Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

/** Whoever applies a set and its claims together makes them at about the same time. */
const TOGETHER_SECONDS = 60

/**
 * The set reuses by its name a claim that is older than itself, with whatever it holds. Most such members work: only
 * one that is not ready is worth a word. A set that was re-created around its Pods goes on with its own claims.
 */
export const formerLife: Rule<ClaimSubject> = (subject) => {
  const {claim, of, namespace, name} = subject
  const pod = of?.ordinal.pod
  if (!claim || !of || !pod || isReady(pod) || claim.status?.phase !== 'Bound') return undefined
  if (of.ordinalClaim.template === undefined || !of.ordinalClaim.isMounted) return undefined
  const [made, setMade] = [claim.metadata?.creationTimestamp, of.set.metadata?.creationTimestamp]
  if (!(secondsBetween(made, setMade) > TOGETHER_SECONDS) || isContinued(subject)) return undefined
  return claimFinding(subject, {
    id: 'pvc-reused-from-former-life',
    severity: 'warning',
    message: `${claimText(subject)} is older than StatefulSet ${nameOf(of.set)}: Pod ${nameOf(pod)}, which is not ready, started with the data of a former life`,
    ...(made && {since: made}),
    evidence: [
      `pvc/${name} metadata.creationTimestamp=${made}`,
      `statefulset/${nameOf(of.set)} metadata.creationTimestamp=${setMade}`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', 'pvc', '-n', namespace, name, '-o', 'yaml')],
      advice:
        'if the old data is meant, nothing is to be done; if not, copy what is worth keeping before the member gets a new claim',
      danger:
        'a new claim is empty, and what the old one holds goes with it unless its volume has reclaim policy Retain',
      rung: 0,
    },
  })
}

/** The set itself is older than it looks: it took up Pods or revisions that were there before it (--cascade=orphan). */
function isContinued({of, relations}: ClaimSubject): boolean {
  const set = of?.set
  const {controllerRevisions} = relations.snapshot
  const revisions = controllerRevisions.filter((each) => namespaceOf(each) === namespaceOf(set ?? {}))
  return [
    ...relations.podsOf(set?.metadata?.uid),
    ...revisions.filter((each) => owns(set?.metadata?.uid, each)),
  ].some(({metadata}) => secondsBetween(metadata?.creationTimestamp, set?.metadata?.creationTimestamp) > 0)
}

function owns(uid: string | undefined, {metadata}: {readonly metadata?: ClaimMetadata}): boolean {
  return metadata?.ownerReferences?.some((owner) => owner.uid === uid) ?? false
}

type ClaimMetadata = NonNullable<ClaimSubject['claim']>['metadata']
