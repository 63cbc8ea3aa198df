/** States of the DaemonSet `agent` in short, as semantics.md 1.14 writes them, and what its controller does of them. */
import {budgetOf} from '../../../src/model/daemon-budget.ts'
import {eligibility} from '../../../src/model/daemon-eligibility.ts'
import {podsByNode} from '../../../src/model/daemon-pods.ts'
import {type DaemonSet, type Node, nameOf, type Pod} from '../../../src/model/objects.ts'
import {daemonNext} from '../../../src/model/rollout/daemon-next.ts'
import type {Candidate, NextStep, PodAction} from '../../../src/model/rollout/next-step.ts'
import type {ServerVersion} from '../../../src/model/server-version.ts'
import {NOW} from '../../builders.ts'
import {
  daemonPod,
  daemonSet,
  NEW,
  OLD,
  rollingUpdate,
  tainted,
  unreadyPod,
  waitingPod,
} from '../../builders-daemon.ts'

/**
 * A word for each node n1, n2, …, and in it its Pods, the oldest first: U updated or O old, with + available, - not,
 * F failed, S succeeded, W not bound; T terminating. `x` before them: NoSchedule; `e`: NoExecute. `0`: no Pod.
 */
export interface DaemonState {
  readonly nodes: string
  /** Words of the nodes gone1, gone2, …, which no longer exist. */
  readonly gone?: string
  readonly set?: DaemonSet
  readonly version?: ServerVersion
}

const ONE = daemonSet({strategy: rollingUpdate({maxUnavailable: 1, maxSurge: 0})})
export const SURGE = daemonSet({strategy: rollingUpdate({maxUnavailable: 0, maxSurge: 1})})

export function daemonNextOf({nodes: text, gone = '', set = ONE, version}: DaemonState): NextStep {
  const words = text.split(' ').filter(Boolean)
  const nodes = words.map((word, index) => nodeOf(`n${index + 1}`, word))
  const pods = [
    ...words.flatMap((word, index) => podsOf(`n${index + 1}`, word)),
    ...gone.split(' ').flatMap((word, index) => podsOf(`gone${index + 1}`, word)),
  ]
  const byNode = podsByNode(set, pods)
  const counted = nodes.map((node) => ({
    node,
    eligibility: eligibility(set.spec?.template, node),
    pods: byNode.get(nameOf(node)) ?? [],
  }))
  const names = nodes.map(nameOf)
  const strays = new Map([...byNode].filter(([name]) => !names.includes(name)))
  const budget = budgetOf(set, counted, strays, NEW, NOW)
  return daemonNext({daemonSet: set, nodes: counted, strays, hash: NEW, budget, version, now: NOW})
}

function nodeOf(name: string, word: string): Node {
  const taints = {x: ['a:NoSchedule'], e: ['a:NoExecute']}[word[0] ?? '']
  return tainted(name, taints)
}

function podsOf(on: string, word: string): readonly Pod[] {
  return (word.match(/[UO][-+FSW]T?|T/g) ?? []).map((letters, index) => podOf(on, letters, index))
}

/** `n1-0` is the first Pod on n1. */
function podOf(on: string, letters: string, index: number): Pod {
  const name = `${on}-${index}`
  const hash = letters.startsWith('O') ? OLD : NEW
  const base = daemonPod(on, {name, hash}).metadata
  const metadata = {
    ...base,
    creationTimestamp: `2026-05-01T10:00:0${index}Z`,
    ...(letters.endsWith('T') && {deletionTimestamp: NOW}),
  }
  const parts = {name, hash, metadata}
  if (letters[1] === 'W') return waitingPod(on, 'no room', parts)
  if (letters[1] === '-') return unreadyPod(on, undefined, parts)
  const phase = {F: 'Failed', S: 'Succeeded'}[letters[1] ?? '']
  return daemonPod(on, {...parts, ...(phase && {status: {phase, conditions: []}})})
}

export function created(nodeName: string): PodAction {
  return {action: 'Create', pod: null, nodeName, revision: NEW}
}

/** The first Pod of the node, or the one of that number. */
export function gone(nodeName: string, index = 0): PodAction {
  return {action: 'Delete', pod: `${nodeName}-${index}`, nodeName}
}

export function pick(action: 'Create' | 'Delete', count: number, ...names: readonly string[]) {
  const from: readonly Candidate[] = names.map((nodeName) => ({
    nodeName,
    pod: action === 'Create' ? null : `${nodeName}-0`,
  }))
  return {action, count, from}
}

/** What is compared: no order of the actions, and of the wait no words. */
export function outcome({actions = [], choose = null, chooseAlso, waitsFor = null}: Partial<NextStep>) {
  const key = ({action, pod, nodeName}: PodAction) => `${action} ${nodeName} ${pod}`
  const {message: _, ...wait} = waitsFor ?? {message: ''}
  return {
    actions: actions.toSorted((left, right) => (key(left) < key(right) ? -1 : 1)),
    choose,
    ...(chooseAlso && {chooseAlso}),
    waitsFor: waitsFor && wait,
  }
}
