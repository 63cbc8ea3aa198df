import type {LeftoverReason} from '../../model/leftover/verdict.ts'
import type {Remedy} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'

/** The one that advice is about. */
export interface Example {
  readonly namespace: string | null
  readonly name: string
  readonly sets: readonly string[]
  readonly volumeName: string | null
  readonly nodeName: string | null
  readonly effect: 'DestroysData' | 'KeepsData' | 'StopsPod' | 'NoData' | 'Unknown'
}

type Way = (example: Example) => Remedy

const BACKUP = 'and after a backup that was restored once'

/** Claims: to delete one is the last step of the ladder, whatever its volume's policy seems to be. */
const claim =
  (condition: string, avoid: string): Way =>
  ({namespace, name, volumeName, effect}) => ({
    look: [
      kubectl('describe', 'pvc', '-n', namespace, name),
      ...(volumeName === null ? [] : [kubectl('get', 'pv', volumeName, '-o', 'yaml')]),
      kubectl('get', 'sts,deploy,cronjobs', '-n', namespace, '-o', 'wide'),
    ],
    act: [{text: `${condition}, ${BACKUP}`, commands: [kubectl('delete', 'pvc', '-n', namespace, name)]}],
    risk: CLAIM_RISK[effect],
    avoid,
    rung: 6,
  })

const CLAIM_RISK: Readonly<Record<Example['effect'], string>> = {
  DestroysData: 'its disk and all data on it are gone permanently: reclaim policy Delete',
  KeepsData: 'the volume stays, Released, and no claim gets it by itself again',
  NoData: 'whoever wanted the claim has to create it again',
  StopsPod: '',
  Unknown: 'its data may be gone permanently: what becomes of its disk was not seen',
}

const volume =
  (condition: string): Way =>
  ({name, effect}) => ({
    look: [kubectl('describe', 'pv', name), kubectl('get', 'pv', name, '-o', 'yaml')],
    act: [
      {
        text: `${condition}; find its disk in the storage system first, by the handle in its spec`,
        commands: [kubectl('delete', 'pv', name)],
      },
    ],
    risk:
      effect === 'KeepsData'
        ? 'the disk stays in the storage system, unseen and paid for, and nothing in the cluster says any more whose data it holds'
        : 'the disk and all data on it may be gone permanently',
    avoid: 'remove its finalizers: then nobody deletes the disk, or knows of it',
    rung: 6,
  })

const attachment =
  (condition: string): Way =>
  ({name, nodeName, volumeName}) => ({
    look: [
      kubectl('get', 'volumeattachments', name, '-o', 'yaml'),
      ...(nodeName === null ? [] : [kubectl('get', 'nodes', nodeName)]),
      ...(volumeName === null ? [] : [kubectl('get', 'pv', volumeName)]),
    ],
    act: [
      {text: 'wait some minutes first: the attach-detach controller detaches by itself', commands: []},
      {text: condition, commands: [kubectl('delete', 'volumeattachments', name)]},
    ],
    risk: 'a machine that still writes to the disk corrupts it once another node gets it',
    avoid: 'remove its finalizer: the driver then never detaches the disk',
    rung: 4,
  })

const lostPod: Way = ({namespace, name, nodeName}) => ({
  look: [
    kubectl('get', 'pod', '-n', namespace, name, '-o', 'yaml'),
    ...(nodeName === null ? [] : [kubectl('get', 'nodes', nodeName)]),
  ],
  act: [
    {
      text: 'wait some minutes first: the garbage collector deletes Pods of nodes that are gone',
      commands: [],
    },
    {
      text: 'only if it stays, and the machine is certainly off; where a finalizer keeps it, ask whose that is',
      commands: [kubectl('delete', 'pod', '-n', namespace, name)],
    },
  ],
  risk: 'a machine that is still on goes on writing: two members with one identity',
  avoid: '--force before anybody has seen that the machine is off',
  rung: 4,
})

const pod =
  (condition: string): Way =>
  ({namespace, name, sets: [set = '']}) => ({
    look: [
      kubectl('get', 'pod', '-n', namespace, name, '-o', 'yaml'),
      kubectl('get', 'sts,pods', '-n', namespace, '-o', 'wide'),
    ],
    act: [
      {
        text: `put its labels right if it is a member of ${set}: the controller then adopts it`,
        commands: [],
      },
      {text: condition, commands: [kubectl('delete', 'pod', '-n', namespace, name)]},
    ],
    risk: 'it may serve somebody, and no controller creates it again',
    avoid: '',
    rung: 2,
  })

const revision: Way = ({namespace, name}) => ({
  look: [
    kubectl('get', 'controllerrevisions', '-n', namespace, name, '-o', 'yaml'),
    kubectl('get', 'sts,ds', '-n', namespace),
  ],
  act: [
    {
      text: 'leave it, it costs nothing; delete it only if its set will not be created again around its Pods (--cascade=orphan)',
      commands: [kubectl('delete', 'controllerrevisions', '-n', namespace, name)],
    },
  ],
  risk: 'a set that is created again to adopt its Pods has nothing to roll back to',
  avoid: '',
  rung: 1,
})

/** What to do about each reason, of whichever kind. */
const WAYS: Readonly<Record<string, Way>> = {
  'PersistentVolumeClaim NoSet': claim(
    'only if nobody will create the set again, no Deployment, CronJob or operator that is at rest names the claim, and nobody wants its data',
    'delete all claims of a namespace at once: some may wait for a set that comes back',
  ),
  'PersistentVolumeClaim BeyondOrdinals': claim(
    'keep it if the set, or an autoscaler, may grow it again: it is then reused with its data. Only if the set stays as small as it is, and its member was removed from the cluster that its software forms',
    'scale up again just to look: the old member comes back with its old data',
  ),
  'PersistentVolume Released': volume('only if nobody wants the data of the claim that it belonged to'),
  'PersistentVolume Failed': volume(
    'act on what its status and events say, such as a right or a snapshot that keeps the disk; only if that is done and it stays',
  ),
  'VolumeAttachment NodeGone': attachment('only if it stays, and the machine is certainly off'),
  'VolumeAttachment VolumeGone': attachment('only if it stays, and the disk is not mounted on that node'),
  'VolumeAttachment Unused': attachment('only if it stays, and the disk is not mounted on that node'),
  'Pod NodeGone': lostPod,
  'Pod HoldsName': pod('only if nobody needs what it runs'),
  'Pod NoOwner': pod('only if nobody needs what it runs, and its set will not be created again to adopt it'),
  'ControllerRevision NoOwner': revision,
  'ControllerRevision OwnerGone': revision,
}

/** What to look at, on which condition to act, and what that may cost; without commands that are none. */
export function adviceFor(kind: string, reason: LeftoverReason, example: Example): Remedy {
  const remedy = WAYS[`${kind} ${reason}`]?.(example)
  if (!remedy) return {look: [], act: [], risk: '', avoid: '', rung: 0}
  const isSeen = remedy.look.every(Boolean)
  const act = remedy.act.map(({text, commands}) => ({
    text,
    commands: isSeen && commands.every(Boolean) ? commands : [],
  }))
  return {...remedy, look: remedy.look.filter(Boolean), act}
}
