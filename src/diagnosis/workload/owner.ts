import {controllerOf, namespaceOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Act, Finding, Remedy, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {type WorkloadSubject, workloadEvidence, workloadReference, workloadText} from './subject.ts'

export const causes = {
  'sts-owned-by-operator': {
    title: 'owner overwrites direct edits',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The set has a controller among its `ownerReferences`, or `metadata.managedFields` shows another manager. What you edit by hand is likely to be reverted.',
    remedy:
      'Look at the status of the object that owns the set, and at the log of its operator: it may be doing already what is needed. Make changes there.',
    rank: 'aside',
  },
} satisfies Causes

const OWNED_BY_OPERATOR = 'sts-owned-by-operator' satisfies keyof typeof causes

/** Somebody else writes the set: what a person changes in it is soon changed back. */
export const ownedByOperator: Rule<WorkloadSubject> = (subject) => {
  const {set} = subject
  const owner = controllerOf(set)
  if (!owner) return undefined
  const {kind = '', name = ''} = owner
  const apiVersion = owner.apiVersion ?? ''
  return {
    id: OWNED_BY_OPERATOR,
    severity: 'info',
    message: `${kind} ${name} owns ${workloadText(subject)} and may revert direct edits of it`,
    object: workloadReference(subject),
    evidence: [
      `${workloadEvidence(subject)} metadata.ownerReferences: ${kind} ${name} (${apiVersion}) is its controller`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [readOwner(set, owner)],
      act: [
        {
          text: isCustom(owner)
            ? `if its operator is not at work on that already (its status, the operator's log), change ${kind} ${name}, and leave the Pods to the operator`
            : `change ${kind} ${name} instead`,
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  }
}

type Owner = NonNullable<ReturnType<typeof controllerOf>>
type Owned = WorkloadSubject['set']

function readOwner(set: Owned, owner: Owner): string {
  const {kind = '', name = ''} = owner
  const apiVersion = owner.apiVersion ?? ''
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : [undefined, apiVersion]
  const resource = group ? `${kind}.${version}.${group}` : kind
  return kubectl('get', resource, '-n', namespaceOf(set), name, '-o', 'yaml')
}

/** Groups of Kubernetes itself have no dot, or end in k8s.io: none of those has an operator of its own. */
function isCustom({apiVersion}: Owner): boolean {
  const [group = '', version] = (apiVersion ?? '').split('/')
  return version !== undefined && group.includes('.') && !/(^|\.)k8s\.io$/.test(group)
}

/** What is left to the operator that owns the set: it knows why and when its Pods may be deleted. Undefined where there is none. */
export function leftToOperator(set: Owned, what: string): Remedy | undefined {
  const owner = controllerOf(set)
  if (!owner || !isCustom(owner)) return undefined
  const {kind = '', name = ''} = owner
  return {
    look: [readOwner(set, owner)],
    act: [
      {
        text: `leave it to the operator of ${kind} ${name}, which ${what}: its status and the operator's log say what it waits for`,
        commands: [],
      },
    ],
    risk: '',
    avoid:
      'delete Pods that an operator updates: that may stop what the operator would have moved away first',
    rung: 0,
  }
}

const CHANGES_SET = /kubectl (?:(?:patch|annotate|scale|edit|delete) (?:sts|ds) |rollout (?:undo|restart) )/

/** What somebody else owns is changed there: a change of the set itself is soon reverted. */
export function changedAtOwner(found: readonly Finding[], set: Owned): readonly Finding[] {
  const owner = controllerOf(set)
  return owner ? found.map((finding) => changedBy(owner, finding, set)) : found
}

function changedWays(owner: Owner, finding: Finding, {act, look, ...rest}: Remedy, set: Owned): Finding {
  const first = act.findIndex(changesSet)
  if (first < 0) return finding
  const ways = act.map((way, index) => (changesSet(way) ? atOwner(way, owner, index === first) : way))
  return {...finding, remedy: {...rest, look: [readOwner(set, owner), ...look], act: ways}}
}

function changesSet({text, commands}: Act): boolean {
  return [text, ...commands].some((each) => CHANGES_SET.test(each))
}

/** What its owner would revert is not offered as a command. */
function atOwner({text, commands}: Act, {kind = '', name = ''}: Owner, isFirst: boolean): Act {
  const why = isFirst ? ', which owns the set and would revert a direct change' : ''
  return {
    text: `${text || 'make the change'} (in ${kind} ${name}${why})`,
    commands: commands.filter((command) => !CHANGES_SET.test(command)),
  }
}

function changedBy(owner: Owner, finding: Finding, set: Owned): Finding {
  const {remedy} = finding
  return remedy ? changedWays(owner, finding, remedy, set) : finding
}

/** Who owns the set matters only where something is to be done. */
export function withoutIdleOwner(found: readonly Finding[]): readonly Finding[] {
  const isQuiet = found.every(({id, remedy}) => id === OWNED_BY_OPERATOR || remedy === null)
  return isQuiet ? found.filter(({id}) => id !== OWNED_BY_OPERATOR) : found
}
