import {trueConditions} from '../../model/claim.ts'
import {nameOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {type Finding, firstCause, type Rule, type Severity} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

/** A stage of an expansion, as one of the claim's conditions tells it. */
interface Stage {
  readonly id: string
  readonly condition: string
  readonly severity: Severity
  readonly says: string
  readonly selfHealing: Finding['selfHealing']
}

/** Failures first: a claim may carry `Resizing` beside them. */
const STAGES: readonly Stage[] = [
  {
    id: 'resize-controller-failed',
    condition: 'ControllerResizeError',
    severity: 'error',
    says: 'could not be expanded by its storage system',
    selfHealing: 'maybe',
  },
  {
    id: 'resize-node-failed',
    condition: 'NodeResizeError',
    severity: 'error',
    says: 'could not be expanded on its node',
    selfHealing: 'maybe',
  },
  {
    id: 'resize-fs-pending',
    condition: 'FileSystemResizePending',
    severity: 'warning',
    says: 'is expanded, and its file system grows when a Pod mounts it',
    selfHealing: 'maybe',
  },
  {
    id: 'resize-controller-running',
    condition: 'Resizing',
    severity: 'info',
    says: 'is being expanded',
    selfHealing: 'yes',
  },
]

function stageRule(stage: Stage): Rule<ClaimSubject> {
  return (subject) => {
    const message = subject.claim && trueConditions(subject.claim).get(stage.condition)
    if (message === undefined) return undefined
    return claimFinding(subject, {
      id: stage.id,
      severity: stage.severity,
      message: `${claimText(subject)} ${stage.says}${message ? `: ${message}` : ''}`,
      ...sinceOf(subject, stage.condition),
      evidence: [`pvc/${subject.name} condition ${stage.condition}=True`],
      selfHealing: stage.selfHealing,
      remedy: remedyOf(stage, subject),
    })
  }
}

function sinceOf({claim}: ClaimSubject, condition: string): Pick<Finding, 'since'> {
  const since = claim?.status?.conditions?.find(({type}) => type === condition)?.lastTransitionTime
  return since ? {since} : {}
}

function remedyOf({id}: Stage, {namespace, name, of}: ClaimSubject): Finding['remedy'] {
  const pod = of?.ordinal.pod
  if (id === 'resize-controller-running') return null
  if (id === 'resize-fs-pending' && pod) {
    return {
      commands: [kubectl('delete', 'pod', '-n', namespace, nameOf(pod))],
      danger: 'one member is down while its Pod is replaced; most drivers grow the file system without that',
      rung: 2,
    }
  }
  return {
    commands: [kubectl('describe', 'pvc', '-n', namespace, name)],
    advice: 'the request may be lowered again, down to status.capacity (1.34 and newer)',
    danger: '',
    rung: 0,
  }
}

/** The back end can never grow this volume to what is asked. */
const infeasible: Rule<ClaimSubject> = (subject) => {
  const status = subject.claim?.status?.allocatedResourceStatuses?.storage ?? ''
  if (!subject.claim || !/^(Controller|Node)Resize(Infeasible|Failed)$/.test(status)) return undefined
  const condition = status.startsWith('Node') ? 'NodeResizeError' : 'ControllerResizeError'
  const text = trueConditions(subject.claim).get(condition)
  return claimFinding(subject, {
    id: 'resize-infeasible',
    severity: 'error',
    message: `${claimText(subject)} can't be expanded to what it asks for (${status})${text ? `: ${text}` : ''}`,
    ...sinceOf(subject, condition),
    evidence: [`pvc/${subject.name} status.allocatedResourceStatuses.storage=${status}`],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('get', 'pvc', '-n', subject.namespace, subject.name, '-o', 'yaml')],
      advice: 'lower the request to a size that the storage system accepts, not below status.capacity',
      danger: '',
      rung: 0,
    },
  })
}

/** Where an expansion stands, or why it does not end. */
export const resize: Rule<ClaimSubject> = firstCause([infeasible, ...STAGES.map(stageRule)])
