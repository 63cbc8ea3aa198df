import type {LeftoverKind} from '../../model/leftover/verdict.ts'
import type {Relations} from '../../model/relations.ts'
import type {ResourceKey} from '../../model/snapshot.ts'
import type {LeftoversReport} from './report.ts'

/** What has to be seen before the absence of what an object belongs to says something. */
const WANTS: Readonly<Record<LeftoverKind, readonly ResourceKey[]>> = {
  PersistentVolumeClaim: ['persistentVolumeClaims', 'statefulSets', 'pods', 'daemonSets'],
  PersistentVolume: ['persistentVolumes'],
  VolumeAttachment: ['volumeAttachments', 'nodes', 'persistentVolumes', 'pods'],
  Pod: ['pods', 'nodes', 'statefulSets'],
  ControllerRevision: ['controllerRevisions', 'statefulSets', 'daemonSets'],
}

/** Whether all was seen that tells whether those of a kind are left over. */
export function isJudged(kind: LeftoverKind, relations: Relations): boolean {
  return unseenFor(kind, relations).length === 0
}

/** Kinds of which not all can be judged, and what was not seen of what that takes. */
export function unjudgedOf(relations: Relations): LeftoversReport['unjudged'] {
  return (Object.keys(WANTS) as readonly LeftoverKind[]).flatMap((kind) => {
    const unseen = unseenFor(kind, relations)
    if (unseen.length === 0) return []
    const plurals = unseen.map((key) => key.toLowerCase()).join(', ')
    return [{kind, message: `not all can be judged: ${plurals} could not be read, or only some of them`}]
  })
}

function unseenFor(kind: LeftoverKind, {sees}: Relations): readonly ResourceKey[] {
  return WANTS[kind].filter((key) => !sees(key))
}
