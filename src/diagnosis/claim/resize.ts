import {requestOf, trueConditions} from '../../model/claim.ts'
import {nameOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule, type Severity} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {CauseId} from '../order.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText, textOf} from './claim-finding.ts'
import {GROWTH_RISK, growthRefused, LOWER} from './growth-refused.ts'

export const causes = {
  'resize-controller-running': {
    title: 'volume is growing',
    applies: ['PersistentVolumeClaim'],
    sign: 'The claim has the condition `Resizing`, or `ControllerResizeInProgress` in `status.allocatedResourceStatuses`.',
    remedy: 'Wait.',
    rank: 'aside',
  },
  'resize-controller-failed': {
    title: "volume can't grow",
    applies: ['PersistentVolumeClaim'],
    sign: 'The condition `ControllerResizeError`, or the event `VolumeResizeFailed`: the storage system refused.',
    remedy:
      'Act on the text. From 1.32 you may lower the request again, to anything above what the volume has.',
    risk: GROWTH_RISK,
    riskWhen: 'the driver grows no volume that is attached, so that its Pod has to go meanwhile',
    rank: 'aside',
  },
  'resize-infeasible': {
    title: 'storage can never grow so far',
    applies: ['PersistentVolumeClaim'],
    sign: '`status.allocatedResourceStatuses` says `ControllerResizeInfeasible` or `NodeResizeInfeasible` (before 1.31 with `Failed` at the end).',
    remedy: 'Lower the request to a size that the storage system accepts.',
    rank: 'aside',
  },
  'resize-fs-pending': {
    title: 'file system has yet to grow',
    applies: ['PersistentVolumeClaim'],
    sign: 'The condition `FileSystemResizePending`: the volume has grown, and the node grows the file system when a Pod mounts it.',
    remedy:
      "Wait for the node: most drivers do it while the volume is in use. Only one that can't needs `kubectl delete pod <pod>`.",
    risk: 'the member is down while its Pod is replaced',
    riskWhen: 'a Pod that uses the volume is there',
    rank: 'aside',
  },
  'resize-node-failed': {
    title: "node can't grow file system",
    applies: ['PersistentVolumeClaim'],
    sign: 'The condition `NodeResizeError`, or the event `FileSystemResizeFailed`. Before 1.34 it could come without cause for volumes that many nodes share.',
    remedy: 'Read the log of the driver and of the kubelet on that node.',
    rank: 'aside',
  },
} satisfies Causes

const CONTROLLER_FAILED = 'resize-controller-failed' satisfies keyof typeof causes

/** A stage of an expansion, as one of the claim's conditions tells it. */
interface Stage {
  readonly id: CauseId
  readonly condition: string
  readonly severity: Severity
  readonly says: string
  readonly selfHealing: Finding['selfHealing']
}

/** Failures first: a claim may carry `Resizing` beside them. */
const STAGES: readonly Stage[] = [
  {
    id: CONTROLLER_FAILED,
    condition: 'ControllerResizeError',
    severity: 'error',
    says: 'The storage system could not expand the volume',
    selfHealing: 'maybe',
  },
  {
    id: 'resize-node-failed',
    condition: 'NodeResizeError',
    severity: 'error',
    says: 'The node could not expand the file system of the volume',
    selfHealing: 'maybe',
  },
  {
    id: 'resize-fs-pending',
    condition: 'FileSystemResizePending',
    severity: 'warning',
    says: 'The volume has grown, and its file system grows when a Pod mounts it',
    selfHealing: 'maybe',
  },
  {
    id: 'resize-controller-running',
    condition: 'Resizing',
    severity: 'info',
    says: 'The volume is being expanded',
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
      message: `${stage.says} (${claimText(subject)})`,
      ...sinceOf(subject, stage.condition),
      evidence: [`pvc/${subject.name} condition ${stage.condition}=True${textOf(message)}`],
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
  const look = [kubectl('describe', 'pvc', '-n', namespace, name)]
  if (id !== FS_PENDING) return {look, act: [{text: LOWER, commands: []}], risk: '', avoid: '', rung: 0}
  if (!pod) return {look, act: [{text: WAIT_FOR_POD, commands: []}], risk: '', avoid: '', rung: 0}
  const replace = kubectl('delete', 'pod', '-n', namespace, nameOf(pod))
  return {
    look,
    act: [
      {text: 'wait some minutes: most drivers grow it while it is in use', commands: []},
      {text: 'only if this driver can not: delete the Pod', commands: [replace]},
    ],
    risk: causes[FS_PENDING].risk,
    avoid: '',
    rung: 2,
  }
}

const FS_PENDING = 'resize-fs-pending' satisfies keyof typeof causes
const WAIT_FOR_POD = 'wait for a Pod: its node grows the file system when it mounts the volume'

/** The back end can never grow this volume to what is asked. */
const infeasible: Rule<ClaimSubject> = (subject) => {
  const status = subject.claim?.status?.allocatedResourceStatuses?.storage ?? ''
  if (!subject.claim || !/^(Controller|Node)Resize(Infeasible|Failed)$/.test(status)) return undefined
  const condition = status.startsWith('Node') ? 'NodeResizeError' : 'ControllerResizeError'
  const text = trueConditions(subject.claim).get(condition)
  return claimFinding(subject, {
    id: 'resize-infeasible',
    severity: 'error',
    message: `The storage system can never expand the volume to ${requestOf(subject.claim) ?? '<none>'} (${claimText(subject)})`,
    ...sinceOf(subject, condition),
    evidence: [
      `pvc/${subject.name} status.allocatedResourceStatuses.storage=${status}`,
      ...(text ? [`pvc/${subject.name} condition ${condition}=True${textOf(text)}`] : []),
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'pvc', '-n', subject.namespace, subject.name, '-o', 'yaml')],
      act: [
        {
          text: 'lower the request to a size that the storage system accepts, not below status.capacity',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
}

const [controllerFailed, nodeFailed, ...underWay] = STAGES.map(stageRule)
/** Where an expansion stands, or why it does not end. */
export const resize: Rule<ClaimSubject> = firstCause(
  [infeasible, controllerFailed, nodeFailed, growthRefused(CONTROLLER_FAILED), ...underWay].filter(
    (rule) => rule !== undefined,
  ),
)
