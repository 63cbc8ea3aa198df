import type {LeftoverKind} from '../../model/leftover/verdict.ts'
import type {Relations} from '../../model/relations.ts'
import {isInPart, type ResourceKey} from '../../model/snapshot.ts'
import type {LeftoversReport} from './report.ts'

/** What has to be seen before the absence of what an object belongs to says something. */
interface Wants {
  readonly all: readonly ResourceKey[]
  /** Whether some can be judged, of those that were seen, though not all of that was. */
  readonly someBy: (relations: Relations) => boolean
}

const WANTS: Readonly<Record<LeftoverKind, Wants>> = {
  PersistentVolumeClaim: {
    all: ['persistentVolumeClaims', 'statefulSets', 'pods', 'daemonSets'],
    someBy: () => false,
  },
  PersistentVolume: {
    all: ['persistentVolumes'],
    someBy: (relations) => seesSome('persistentVolumes', relations),
  },
  VolumeAttachment: {
    all: ['volumeAttachments', 'nodes', 'persistentVolumes', 'pods'],
    someBy: (relations) => seesSome('volumeAttachments', relations) && tellsOfAttachments(relations),
  },
  Pod: {
    all: ['pods', 'nodes', 'statefulSets'],
    someBy: (relations) =>
      seesSome('pods', relations) && (relations.sees('nodes') || relations.sees('statefulSets')),
  },
  ControllerRevision: {
    all: ['controllerRevisions', 'statefulSets', 'daemonSets'],
    someBy: () => false,
  },
}

/** Their node is gone, their volume is gone, or nobody mounts a volume that was seen. */
function tellsOfAttachments(relations: Relations): boolean {
  const {sees} = relations
  return (
    sees('nodes') || sees('persistentVolumes') || (sees('pods') && seesSome('persistentVolumes', relations))
  )
}

/** Whether all was seen that tells whether those of a kind are left over. */
export function isJudged(kind: LeftoverKind, relations: Relations): boolean {
  return unseenFor(kind, relations).length === 0
}

/** Kinds of which not all, or none, can be judged, and what was not seen of what that takes. */
export function unjudgedOf(relations: Relations): LeftoversReport['unjudged'] {
  return (Object.keys(WANTS) as readonly LeftoverKind[]).flatMap((kind) => {
    const unseen = unseenFor(kind, relations)
    if (unseen.length === 0) return []
    const which = WANTS[kind].someBy(relations) ? 'not all' : 'none'
    return [{kind, message: `${which} can be judged: ${whyUnseen(unseen, relations)}`}]
  })
}

function unseenFor(kind: LeftoverKind, {sees}: Relations): readonly ResourceKey[] {
  return WANTS[kind].all.filter((key) => !sees(key))
}

/** All of it, or some of it. */
function seesSome(key: ResourceKey, {sees, snapshot}: Relations): boolean {
  return sees(key) || snapshot.omissions.some((each) => each.resource === key.toLowerCase() && isInPart(each))
}

function whyUnseen(unseen: readonly ResourceKey[], relations: Relations): string {
  const [some, none] = [true, false].map((isSome) =>
    unseen
      .filter((key) => seesSome(key, relations) === isSome)
      .map((key) => key.toLowerCase())
      .join(', '),
  )
  const texts = [none && `${none} could not be read`, some && `of ${some} only some were read`]
  return texts.filter(Boolean).join('; ')
}
