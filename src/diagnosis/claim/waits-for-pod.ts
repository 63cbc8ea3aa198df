import {SELECTED_NODE, storageClassOf, waitsForConsumer} from '../../model/claim.ts'
import {nameOf, type Pod} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Finding, Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

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
  return claimFinding(subject, pod ? podUnscheduled(subject, pod) : noConsumer(subject))
}

function noConsumer(subject: ClaimSubject): Omit<Finding, 'object'> {
  return {
    id: 'pvc-wffc-no-consumer',
    severity: 'info',
    message: `${claimText(subject)} binds when a Pod uses it (WaitForFirstConsumer); none does yet`,
    evidence: [`storageclass/${classOf(subject)} volumeBindingMode=WaitForFirstConsumer`],
    selfHealing: 'yes',
    remedy: null,
  }
}

function podUnscheduled(subject: ClaimSubject, pod: Pod): Omit<Finding, 'object'> {
  return {
    id: 'pvc-wffc-pod-unscheduled',
    severity: 'info',
    message: `${claimText(subject)} binds when Pod ${nameOf(pod)} is scheduled (WaitForFirstConsumer)${schedulerText(pod)}`,
    evidence: [
      `storageclass/${classOf(subject)} volumeBindingMode=WaitForFirstConsumer`,
      `pod/${nameOf(pod)} spec.nodeName is not set`,
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('describe', 'pod', '-n', subject.namespace, nameOf(pod))],
      advice: 'the claim is not the cause: what keeps the Pod from being scheduled is',
      danger: '',
      rung: 0,
    },
  }
}

function schedulerText(pod: Pod): string {
  const condition = pod.status?.conditions?.find(({type}) => type === 'PodScheduled')
  return condition?.message ? `: ${condition.message}` : ''
}

function staleNode(subject: ClaimSubject, node: string): Finding | undefined {
  if (subject.relations.node(node) || !subject.relations.sees('nodes')) return undefined
  return claimFinding(subject, {
    id: 'pvc-selected-node-stale',
    severity: 'error',
    message: `${claimText(subject)} is to be provisioned for node ${node}, which no longer exists`,
    evidence: [`pvc/${subject.name} annotation ${SELECTED_NODE}=${node}`, `node/${node} not found`],
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('annotate', 'pvc', '-n', subject.namespace, subject.name, `${SELECTED_NODE}-`)],
      danger:
        'the scheduler chooses a node anew; harmless unless provisioning for the old one is still under way',
      rung: 1,
    },
  })
}

function classOf({claim}: ClaimSubject): string {
  return (claim && storageClassOf(claim)) ?? ''
}
