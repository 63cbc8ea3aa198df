import {isNetworkPlugin} from '../../model/agents.ts'
import type {CountedNode} from '../../model/daemon-counters.ts'
import type {DaemonRule, Unmet} from '../../model/daemon-rule.ts'
import {type DaemonSet, isObserved, nameOf, namespaceOf, type Taint} from '../../model/objects.ts'
import {own} from '../../model/own.ts'
import {OUT_OF_SERVICE} from '../../model/taints.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'
import {ruleText} from './rule-text.ts'
import {setReference, setText} from './words.ts'

export const causes = {
  'ds-wanted-nowhere': {
    title: 'wanted on no node',
    applies: ['DaemonSet'],
    sign: '`DESIRED` is 0 although there are nodes: selector, affinity, `nodeName` or taints leave out every one of them. It is a note where the nodes lack such a label altogether, or are of another system or kind of machine: the cluster may have no such nodes. It is a warning where the nodes have the label with another value or under its newer name, or are only tainted.',
    remedy:
      'Compare what the template wants with the labels of the nodes (`kubectl get nodes -L <label>`). An operator may set that label step by step: look at its status first. Correct the template, or label the nodes that should run the set.',
    risk: 'a label on a node may bring other Pods there, too',
  },
} satisfies Causes

/** Nothing is wanted of the set anywhere: the loudest sign of a wrong selector, and of a cluster without such nodes. */
export const wantedNowhere: Rule<DaemonSetSubject> = (subject) => {
  const {daemonSet, nodes, relations} = subject
  const isSeen = relations.sees('nodes') && relations.sees('pods')
  const isSure = isSeen && isObserved(daemonSet) && !daemonSet.status?.desiredNumberScheduled
  // where it still has a Pod, the rules of that node say more
  const isNowhere = nodes.every(({eligibility, pods}) => !eligibility.shouldRun && pods.length === 0)
  if (!isSure || nodes.length === 0 || !isNowhere) return undefined
  return {
    id: 'ds-wanted-nowhere',
    severity: nodes.some((each) => isTelling(each, daemonSet)) ? 'warning' : 'info',
    message: `${setText(daemonSet)} is wanted on 0 of ${nodes.length} nodes: ${fewText(groupsOf(nodes))}`,
    object: setReference(daemonSet),
    evidence: [`daemonset/${nameOf(daemonSet)} status.desiredNumberScheduled=0`, ...renamed(nodes)],
    selfHealing: 'no',
    remedy: remedyFor(subject),
  }
}

/** Each rule with what the nodes have instead, and these nodes. */
function groupsOf(nodes: readonly CountedNode[]): readonly string[] {
  const groups = Map.groupBy(nodes, ({eligibility}) => (eligibility.rule ? ruleText(eligibility.rule) : ''))
  return [...groups]
    .toSorted(([, left], [, right]) => right.length - left.length)
    .map(([text, few]) => `${text} (${fewText(few.map(({node}) => nameOf(node)))})`)
}

/** Kinds of nodes that a cluster may well not have: systems, machines, places and devices. */
const KINDS =
  /(^|\.)kubernetes\.io\/(os|arch|hostname|instance-type|windows-build|zone|region)$|(pool|group)$|^(karpenter\.\S+|nvidia\.com|amd\.com|gpu\.\S+|feature\.node\.kubernetes\.io|cloud\.google\.com|eks\.amazonaws\.com|kubernetes\.azure\.com)\/|gpu|accelerator/i
/** A switch that is off. */
const OFF = /^(false|no|off|none|disabled?|0|)$/i

/** More than that there are no nodes of that kind. */
function isTelling({eligibility: {rule}, node}: CountedNode, daemonSet: DaemonSet): boolean {
  if (!rule) return false
  if (rule.kind === 'NodeName') return true
  // without its network plugin no node ever becomes ready; of others the nodes' own trouble is the matter
  if (rule.kind === 'Taint') return isNetworkPlugin(daemonSet) || !rule.taints.every(isOfHealth)
  if (rule.kind === 'NodeAffinity' && !hasParsed(rule)) return true
  return unmetOf(rule).every((unmet) => isMistaken(unmet) || newName(unmet, node) !== undefined)
}

/** Kubernetes puts it there, and takes it away. */
function isOfHealth({key}: Taint): boolean {
  return /^node\.(cloudprovider\.)?kubernetes\.io\//.test(key) && key !== OUT_OF_SERVICE
}

function hasParsed({nearest}: Extract<DaemonRule, {kind: 'NodeAffinity'}>): boolean {
  return nearest !== undefined && nearest.invalid.length === 0 && nearest.unmet.length > 0
}

function unmetOf(rule: DaemonRule): readonly Unmet[] {
  if (rule.kind === 'NodeSelector') return rule.unmet
  return rule.kind === 'NodeAffinity' ? (rule.nearest?.unmet ?? []) : []
}

/** The node has the label, and another value: of a kind of node only its spelling can be wrong. */
function isMistaken({wanted: {key, operator, values = []}, has}: Unmet): boolean {
  if (has === undefined || (operator !== '=' && operator !== 'In')) return false
  if (values.some((value) => value?.toLowerCase() === has?.toLowerCase())) return true
  return !KINDS.test(key) && !OFF.test(has ?? '')
}

/** Labels that Kubernetes calls otherwise by now. */
const NEW_NAMES: Readonly<Record<string, string>> = {
  'node-role.kubernetes.io/master': 'node-role.kubernetes.io/control-plane',
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
}

function newName({wanted: {key}, has}: Unmet, node: CountedNode['node']): string | undefined {
  const name = has === undefined ? own(NEW_NAMES, key) : undefined
  return name !== undefined && Object.hasOwn(node.metadata?.labels ?? {}, name) ? name : undefined
}

function renamed(nodes: readonly CountedNode[]): readonly string[] {
  const names = nodes.flatMap(({eligibility: {rule}, node}) =>
    (rule ? unmetOf(rule) : []).flatMap((unmet) => {
      const name = newName(unmet, node)
      return name === undefined ? [] : [`the nodes have ${name} instead of ${unmet.wanted.key}`]
    }),
  )
  return [...new Set(names)]
}

function remedyFor({daemonSet, nodes}: DaemonSetSubject): Finding['remedy'] {
  const keys = nodes.flatMap(({eligibility: {rule}}) =>
    rule ? unmetOf(rule).map(({wanted}) => wanted.key) : [],
  )
  const [key] = keys.filter((each) => each !== 'metadata.name')
  const readSet = kubectl('get', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet), '-o', 'yaml')
  return {
    look: [key === undefined ? kubectl('describe', 'nodes') : kubectl('get', 'nodes', '-L', key), readSet],
    act: [
      {
        text: 'if the cluster should have no nodes of that kind, do nothing: this is as intended',
        commands: [],
      },
      {
        text: 'if an operator owns the set, look at its status first: it may label those nodes itself',
        commands: [],
      },
      {
        text: 'if the set is wanted on some of them, correct its template, or label those nodes',
        commands: [],
      },
    ],
    risk: causes['ds-wanted-nowhere'].risk,
    avoid: '',
    rung: 0,
  }
}
