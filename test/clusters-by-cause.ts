/** Every cluster that shows a cause: the small ones that rules are tested with, and those of real controllers. */
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {readSavedDocuments, type SavedDocument} from '../src/cluster/saved-documents.ts'
import {fromDocuments, toList} from '../src/cluster/snapshot-file.ts'
import {attachmentName} from '../src/model/attachment-name.ts'
import {type ControllerRevision, controllerUid, nameOf, type VolumeAttachment} from '../src/model/objects.ts'
import type {ClusterSnapshot} from '../src/model/snapshot.ts'
import {event, healthy, snapshot, volume} from './builders.ts'
import {causes} from './causes/index.ts'
import type {SetFacts} from './diagnosis/subjects-sets.ts'
import {troubles} from './diagnosis/troubles.ts'
import {daemonTroubles} from './diagnosis/troubles-daemon.ts'
import {podTroubles} from './diagnosis/troubles-pods.ts'
import {claimsUnseen, rolloutTroubles} from './diagnosis/troubles-rollout.ts'
import {
  daemonSetTroubles,
  disruptionTroubles,
  rolloutSetTroubles,
  statefulSetTroubles,
  workloadTroubles,
} from './diagnosis/troubles-sets.ts'
import {claimTroubles, mountTroubles, schedulingTroubles} from './diagnosis/troubles-volumes.ts'

export interface CauseCluster {
  readonly name: string
  /** Ids of the causes that it shows. */
  readonly shows: readonly string[]
  readonly read: () => Promise<ClusterSnapshot>
}

const lists = {
  troubles,
  claimTroubles,
  statefulSetTroubles,
  daemonTroubles,
  daemonSetTroubles,
  rolloutTroubles,
  rolloutSetTroubles,
  workloadTroubles,
  podTroubles,
  schedulingTroubles,
  mountTroubles,
  disruptionTroubles,
}

const small = Object.entries(lists).flatMap(([list, clusters]) =>
  Object.entries<(h: string) => SetFacts>(clusters).map(([id, facts]) => ({
    name: `${id} of ${list}`,
    shows: [id],
    read: async () => asSaved(facts('web')),
  })),
)

/** Other signs of causes that have a cluster. */
const variants = [
  {
    name: 'a Pod that waits for a claim, and a reader without a right to claims',
    shows: ['sts-blocked-by-unready-at-target'],
    read: async () => asSaved(claimsUnseen('web')),
  },
  {
    name: 'a Pod of a Parallel set that waits for a claim, and a reader without a right to claims',
    shows: ['sts-parallel-waits-for-updated'],
    read: async () => asSaved(claimsUnseen('web', {podManagementPolicy: 'Parallel'})),
  },
  {
    name: 'a volume of an external provisioner, of which only an event says that it can not be deleted',
    shows: ['pv-failed-delete'],
    read: async () => asSaved(volumeLeft()),
  },
  {
    name: 'a critical DaemonSet of which a Pod is starting',
    shows: ['ds-critical-preempts-others'],
    read: async () => asSaved(starting(daemonSetTroubles['ds-critical-preempts-others']?.('web') ?? {})),
  },
]

function volumeLeft(): SetFacts {
  const claimRef = {namespace: 'shop', name: 'data-web-1', uid: 'gone'}
  const left = volume({name: 'pv-left', spec: {claimRef}, status: {phase: 'Released'}})
  const involvedObject = {kind: 'PersistentVolume', name: 'pv-left'}
  const facts = healthy()
  return {
    ...facts,
    persistentVolumes: [...facts.persistentVolumes, left],
    events: [event('VolumeFailedDelete', 'still attached', {involvedObject})],
  }
}

function starting(facts: SetFacts): SetFacts {
  const pods = facts.pods?.map((pod) => ({...pod, status: {phase: 'Pending'}})) ?? []
  return {...facts, pods}
}

const folder = join(import.meta.dirname, 'causes/captured')
const captured = Object.entries(causes)
  .map(([name, {proves}]) => ({name, file: join(folder, `${name}.yaml`), shows: proves}))
  .filter(({file}) => existsSync(file))
  .map(({name, file, shows}) => ({
    name,
    shows,
    read: async () => fromDocuments(await readSavedDocuments([file])),
  }))

export const clusters: readonly CauseCluster[] = [...small, ...variants, ...captured].map((each) => ({
  ...each,
  read: once(each.read),
}))

/** Many tests ask about all of them. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined
  return () => (known ??= read())
}

/** Snapshot of small facts with what is kept of them, and no more. */
function asSaved({unseen = [], version = 'v1.37.1', budgets, ...facts}: SetFacts): ClusterSnapshot {
  const volumeAttachments = (facts.volumeAttachments ?? []).map((each) => asNamed(each, facts))
  const controllerRevisions = (facts.controllerRevisions ?? []).map((each) => asLabelled(each, facts))
  const all = {
    ...facts,
    volumeAttachments,
    controllerRevisions,
    ...(budgets && {podDisruptionBudgets: budgets}),
  }
  const {items, snapshot: note} = toList({...snapshot(all, unseen), server: {version}}) as unknown as Saved
  const {usage} = facts
  return {...fromDocuments([{objects: items, note}]), ...(usage && {usage})}
}

/** With the name that the controller gives: by that alone a server would be asked for it. */
function asNamed(attachment: VolumeAttachment, {persistentVolumes = []}: SetFacts): VolumeAttachment {
  const {nodeName = '', source} = attachment.spec ?? {}
  const of = persistentVolumes.find((volume) => nameOf(volume) === source?.persistentVolumeName)
  const name = of && attachmentName(of, nodeName)
  return name ? {...attachment, metadata: {...attachment.metadata, name}} : attachment
}

/** With the labels of its owner's template, which the controllers give to it. */
function asLabelled(revision: ControllerRevision, {statefulSets = [], daemonSets = []}: SetFacts) {
  const uid = controllerUid(revision)
  const owner = [...statefulSets, ...daemonSets].find(({metadata}) => metadata?.uid === uid)
  const labels = {...owner?.spec?.template.metadata?.labels, ...revision.metadata?.labels}
  return {...revision, metadata: {...revision.metadata, labels}}
}

interface Saved {
  readonly items: SavedDocument['objects']
  readonly snapshot: unknown
}
