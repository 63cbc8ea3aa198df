import {daemonTolerations} from '../../model/daemon-eligibility.ts'
import type {DaemonRule} from '../../model/daemon-rule.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import {untoleratedTaints} from '../../model/taints.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {type PassingState, passingState} from '../passing-taints.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {ruleText} from './rule-text.ts'
import {setReference, setText} from './words.ts'

export const causes = {
  'ds-excluded-taint': {
    title: 'taint keeps the daemon away',
    applies: ['DaemonSet'],
    sign: 'The node has a taint that the template does not tolerate. This is by design: `DESIRED` does not count that node.',
    remedy: 'Tolerate the taint in the template if the node should run the daemon.',
    risk: 'a Pod of the set then runs on that node; a taint is there for a reason, such as special hardware',
    riskWhen: 'the taint is not that of a node in trouble, and not that of a node that joins or leaves',
  },
  'ds-excluded-selector': {
    title: 'selector leaves the node out',
    applies: ['DaemonSet'],
    sign: 'The labels of the node do not match `nodeSelector` or the required affinity of the template. This is by design.',
    remedy: 'Label the node, or edit the template, if the node should run the daemon.',
    risk: 'a Pod of the set then runs on that node, and so do others that select that label',
  },
  'ds-excluded-nodename': {
    title: 'template names a single node',
    applies: ['DaemonSet'],
    sign: 'The template has `spec.nodeName`, so only that node gets a Pod.',
    remedy: 'Remove `nodeName` from the template; use a selector instead.',
    risk: 'a Pod of the set then runs on that node',
  },
} satisfies Causes

/** What each kind of rule is called, and what would let the set in. */
const KINDS: Readonly<
  Record<DaemonRule['kind'], {readonly id: keyof typeof causes; readonly advice: string}>
> = {
  Taint: {id: 'ds-excluded-taint', advice: 'tolerate the taint in the template, or remove it from the node'},
  NodeSelector: {
    id: 'ds-excluded-selector',
    advice: 'change the label of the node, or the nodeSelector in the template',
  },
  NodeAffinity: {
    id: 'ds-excluded-selector',
    advice: 'change the labels of the node, or the required node affinity in the template',
  },
  NodeName: {
    id: 'ds-excluded-nodename',
    advice: 'remove spec.nodeName from the template: it pins all Pods of the set to one node',
  },
}

/** By design the set is not wanted on the node: which rule says so. */
export const excluded: Rule<DaemonNodeSubject> = (subject) => {
  const {state, eligibility, daemonSet, name} = subject
  const rule = eligibility?.rule
  if (state !== 'Excluded' || !rule) return undefined
  return {
    id: KINDS[rule.kind].id,
    severity: 'info',
    message: `By design ${setText(daemonSet)} runs no Pod on node ${name}: ${ruleText(rule)}`,
    object: setReference(daemonSet),
    evidence: proofOf(rule, subject),
    selfHealing: 'no',
    remedy: remedyOf(rule, subject),
  }
}

const FIELDS: Readonly<Record<DaemonRule['kind'], readonly [node: string, template: string]>> = {
  Taint: ['spec.taints', 'tolerations'],
  NodeSelector: ['metadata.labels', 'nodeSelector'],
  NodeAffinity: ['metadata.labels', 'affinity.nodeAffinity'],
  NodeName: ['metadata.name', 'nodeName'],
}

/** Where the rule that keeps the set away from the node can be read. */
export function proofOf({kind}: DaemonRule, {daemonSet, name}: DaemonNodeSubject): readonly string[] {
  const [ofNode, ofTemplate] = FIELDS[kind]
  return [`node/${name} ${ofNode}`, `daemonset/${nameOf(daemonSet)} spec.template.spec.${ofTemplate}`]
}

function remedyOf({kind}: DaemonRule, subject: DaemonNodeSubject): Finding['remedy'] {
  const {daemonSet, name} = subject
  const {risk} = causes[KINDS[kind].id]
  const labels = kind === 'NodeSelector' ? missingLabels(subject) : []
  if (labels.length > 0) {
    return {
      look: [kubectl('describe', 'node', name)],
      act: [
        {
          text: 'only if the set is wanted there, label the node',
          commands: [kubectl('label', 'node', name, ...labels)],
        },
      ],
      risk,
      avoid: '',
      rung: 1,
    }
  }
  const state = kind === 'Taint' ? stateOf(subject) : undefined
  if (state) {
    const look = [kubectl('describe', 'node', name), ...state.commands]
    return {look, act: [{text: adviceOn(state), commands: []}], risk: '', avoid: '', rung: 0}
  }
  const inspect = kubectl('get', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet), '-o', 'yaml')
  return {
    look: [kubectl('describe', 'node', name), inspect],
    act: [{text: `only if the set is wanted there, ${KINDS[kind].advice}`, commands: []}],
    risk,
    avoid: '',
    rung: 1,
  }
}

/** What is wrong with the node, where its taints only say so; undefined where one of them is there for good. */
function stateOf({daemonSet, node}: DaemonNodeSubject): PassingState | undefined {
  const taints = node ? untoleratedTaints(node, daemonTolerations(daemonSet.spec?.template)) : []
  return node && passingState(node, taints)
}

function adviceOn({kind, isLasting, advice}: PassingState): string {
  if (kind === 'leaving') return isLasting ? advice : 'nothing to do: the node is being removed'
  const unlessItself = '; if this set is that agent, let its template tolerate the taint'
  return `${advice}${kind === 'starting' ? unlessItself : ''}`
}

/** Those that the selector wants and the node lacks altogether; empty where another value would have to go. */
function missingLabels({daemonSet, node}: DaemonNodeSubject): readonly string[] {
  const labels = node?.metadata?.labels ?? {}
  const unmet = Object.entries(daemonSet.spec?.template?.spec?.nodeSelector ?? {}).filter(
    ([key, value]) => labels[key] !== value,
  )
  const isSafe = unmet.every(([key]) => !Object.hasOwn(labels, key))
  return isSafe ? unmet.map(([key, value]) => `${key}=${value}`) : []
}
