import {eligibility} from '../model/daemon-eligibility.ts'
import {podsFor} from '../model/daemon-pods.ts'
import {type DaemonSet, nameOf, namespaceOf, type ObjectReference} from '../model/objects.ts'
import {isReady, isTerminal, isTerminating} from '../model/pod.ts'
import {statusWord} from '../model/pod-status-word.ts'
import type {Relations} from '../model/relations.ts'
import {ruleText} from './daemon-set/rule-text.ts'
import {kubectl} from './kubectl-command.ts'

/** How the DaemonSet that brings a node something stands on that node. */
export interface AgentPlace {
  /** After the set's name. */
  readonly text: string
  readonly evidence: readonly string[]
  readonly commands: readonly string[]
  readonly advice: string
  /** By design the set has no Pod there. */
  readonly isKeptOff: boolean
  /** Its Pod there is ready. */
  readonly isWell: boolean
  /** The set, and its Pod there. */
  readonly blames: readonly ObjectReference[]
}

/** Undefined for a node that was not seen, and where Pods were not read. */
export function agentPlace(set: DaemonSet, nodeName: string, relations: Relations): AgentPlace | undefined {
  const node = relations.node(nodeName)
  const rule = node && eligibility(set.spec?.template, node).rule
  if (rule) return keptOff(set, nodeName, ruleText(rule))
  return node && relations.sees('pods') ? byPod(set, nodeName, relations) : undefined
}

function keptOff(set: DaemonSet, nodeName: string, rule: string): AgentPlace {
  return {
    text: `is kept off ${nodeName}: ${rule}`,
    evidence: [`node/${nodeName} ${rule}`],
    commands: [kubectl('describe', 'node', nodeName), readSet(set)],
    advice: `if ${nameOf(set)} is needed on that node, let its template allow the node (a toleration, the selector); else keep what needs it off that node`,
    isKeptOff: true,
    isWell: false,
    blames: [referenceTo(set)],
  }
}

function byPod(set: DaemonSet, nodeName: string, relations: Relations): AgentPlace {
  const pods = podsFor(set, nodeName, relations)
  const pod = pods.find((each) => !isTerminating(each) && !isTerminal(each)) ?? pods[0]
  if (!pod) {
    return {
      text: `has no Pod on ${nodeName}`,
      evidence: [`node/${nodeName} has no Pod of daemonset/${nameOf(set)}`],
      commands: [kubectl('describe', 'ds', '-n', namespaceOf(set), nameOf(set))],
      advice: `see why ${nameOf(set)} has no Pod there`,
      isKeptOff: false,
      isWell: false,
      blames: [referenceTo(set)],
    }
  }
  const [namespace, name] = [namespaceOf(pod), nameOf(pod)]
  const state = isReady(pod) && !isTerminating(pod) ? 'ready' : statusWord(pod)
  return {
    text: `has Pod ${name} on ${nodeName}, which is ${state}`,
    evidence: [`pod/${name} on node/${nodeName} is ${state}`],
    commands: [kubectl('describe', 'pod', '-n', namespace, name), kubectl('logs', '-n', namespace, name)],
    advice: state === 'ready' ? 'see what it says in its log' : `see why ${name} does not work`,
    isKeptOff: false,
    isWell: state === 'ready',
    blames: [referenceTo(set), {kind: 'Pod', namespace, name}],
  }
}

function readSet(set: DaemonSet): string {
  return kubectl('get', 'ds', '-n', namespaceOf(set), nameOf(set), '-o', 'yaml')
}

/** `DaemonSet longhorn-system/longhorn-csi-plugin`. */
export function agentText(set: DaemonSet): string {
  return `DaemonSet ${namespaceOf(set)}/${nameOf(set)}`
}

function referenceTo(set: DaemonSet): ObjectReference {
  return {kind: 'DaemonSet', namespace: namespaceOf(set), name: nameOf(set)}
}
