import {SELECTED_NODE, storageClassOf, waitsForConsumer} from '../../model/claim.ts'
import {nameOf, type Pod} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText, textOf} from './claim-finding.ts'

export const causes = {
  'pvc-wffc-no-consumer': {
    title: 'claim waits for a Pod',
    applies: ['PersistentVolumeClaim'],
    sign: 'The claim is pending with `WaitForFirstConsumer`, and no Pod uses it. Its volume is provisioned where the first Pod will run.',
    remedy: 'Nothing: it needs a Pod.',
    rank: 'aside',
  },
  'pvc-wffc-pod-unscheduled': {
    title: "claim waits for its Pod's node",
    applies: ['PersistentVolumeClaim'],
    sign: 'The claim is pending and its Pod is not scheduled; an event may say `WaitForPodScheduled`. The volume comes after the node.',
    remedy: 'See why the Pod is not scheduled.',
    rank: 'summary',
  },
  'pvc-selected-node-stale': {
    title: 'claim waits for a deleted node',
    applies: ['PersistentVolumeClaim'],
    sign: 'The annotation `volume.kubernetes.io/selected-node` names a node that is gone, so no other node is considered.',
    remedy:
      'When no event says that a volume is still being provisioned, `kubectl annotate pvc <claim> volume.kubernetes.io/selected-node-`; the scheduler then chooses again.',
    risk: 'the scheduler chooses a node again; harmless unless provisioning for the old one is still under way',
  },
} satisfies Causes

export const POD_UNSCHEDULED = 'pvc-wffc-pod-unscheduled' satisfies keyof typeof causes

/** With WaitForFirstConsumer the claim waits for its Pod to be scheduled, never the other way round. */
export const waitsForPod: Rule<ClaimSubject> = (subject) => {
  const {claim, relations} = subject
  const storageClass = claim && relations.storageClass(storageClassOf(claim) ?? '')
  if (!claim || claim.spec?.volumeName || !waitsForConsumer(storageClass) || !relations.sees('pods'))
    return undefined
  const selected = claim.metadata?.annotations?.[SELECTED_NODE]
  if (selected !== undefined) return staleNode(subject, selected)
  const pods = relations.podsMounting(claim)
  if (pods.some((each) => each.spec?.nodeName)) return undefined
  const [pod] = pods
  return claimFinding(subject, pod ? podPending(subject, pod) : noConsumer(subject))
}

function noConsumer(subject: ClaimSubject): Omit<Finding, 'object'> {
  return {
    id: 'pvc-wffc-no-consumer',
    severity: 'info',
    message: `Claim ${subject.name} binds when a Pod uses it (WaitForFirstConsumer), and none does yet`,
    evidence: [`storageclass/${classOf(subject)} volumeBindingMode=WaitForFirstConsumer`],
    selfHealing: 'yes',
    remedy: null,
  }
}

function podPending(subject: ClaimSubject, pod: Pod): Omit<Finding, 'object'> {
  const text = schedulerText(pod)
  return {
    id: POD_UNSCHEDULED,
    severity: 'info',
    message: `Claim ${subject.name} binds when Pod ${nameOf(pod)} is scheduled (WaitForFirstConsumer)`,
    evidence: [
      `storageclass/${classOf(subject)} volumeBindingMode=WaitForFirstConsumer`,
      text
        ? `pod/${nameOf(pod)} condition PodScheduled=False${textOf(text)}`
        : `pod/${nameOf(pod)} spec.nodeName is not set`,
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('describe', 'pod', '-n', subject.namespace, nameOf(pod))],
      act: [
        {
          text: NO_VOLUME.test(text)
            ? 'see what keeps the Pod from being scheduled: on some nodes it is that no volume can be had there'
            : 'see what keeps the Pod from being scheduled: that is the cause, not the claim',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  }
}

/** The VolumeBinding plugin's words (1.20 to 1.37). */
const NO_VOLUME = /didn't find available persistent volumes to bind|did not have enough free storage/i

function schedulerText(pod: Pod): string {
  return pod.status?.conditions?.find(({type}) => type === 'PodScheduled')?.message ?? ''
}

function staleNode(subject: ClaimSubject, node: string): Finding | undefined {
  if (subject.relations.node(node) || !subject.relations.sees('nodes', node)) return undefined
  return claimFinding(subject, {
    id: 'pvc-selected-node-stale',
    severity: 'error',
    message: `Node ${node} no longer exists, and the volume should be provisioned for it (${claimText(subject)})`,
    evidence: [`pvc/${subject.name} annotation ${SELECTED_NODE}=${node}`, `node/${node} not found`],
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('describe', 'pvc', '-n', subject.namespace, subject.name)],
      act: [
        {
          text: 'only if no event says that a volume is still being provisioned: let the scheduler choose again',
          commands: [kubectl('annotate', 'pvc', '-n', subject.namespace, subject.name, `${SELECTED_NODE}-`)],
        },
      ],
      risk: causes['pvc-selected-node-stale'].risk,
      avoid: '',
      rung: 1,
    },
  })
}

function classOf({claim}: ClaimSubject): string {
  return (claim && storageClassOf(claim)) ?? ''
}
