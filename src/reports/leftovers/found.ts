import type {Remedy} from '../../diagnosis/finding.ts'
import {pasteableRemedy} from '../../diagnosis/pasteable.ts'
import {meetsQuery, parseLabelQuery} from '../../model/label-query.ts'
import type {LeftoverKind} from '../../model/leftover/verdict.ts'
import type {KubernetesObject, PersistentVolume, VolumeAttachment} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Scope} from '../../model/scope.ts'
import {inNaturalOrder} from './in-order.ts'
import {ATTACHMENT} from './kinds/attachment.ts'
import {CLAIM} from './kinds/claim.ts'
import {itemOf, type Kind} from './kinds/kind.ts'
import {POD} from './kinds/pod.ts'
import {REVISION} from './kinds/revision.ts'
import {VOLUME} from './kinds/volume.ts'
import type {Leftover} from './report.ts'
import type {SparedObject} from './spared.ts'
import {isJudged} from './unjudged.ts'

/** One that is left over, and what to do about it. */
export interface Found {
  readonly item: Leftover
  readonly remedy: Remedy
}

/** What one object is: left over, or one that only looks so; neither for one that is in use. */
interface Judged {
  readonly found?: Found
  readonly spared?: SparedObject
}

/** All that is left over in a scope, and what only looks so; kind by kind, as far as each can be judged. */
export function judgedIn(scope: Scope, relations: Relations) {
  const {persistentVolumeClaims, persistentVolumes, volumeAttachments, pods, controllerRevisions} =
    relations.snapshot
  const isSelected = selectedBy(scope)
  const judged = <K extends LeftoverKind, T extends KubernetesObject>(
    objects: readonly T[],
    kind: Kind<K, T>,
  ) => inNaturalOrder(objects.filter(isSelected)).map((object) => judge(object, kind, relations))
  const volumes = persistentVolumes.filter((volume) => isWithin(volume, scope))
  const attachments = volumeAttachments.filter((each) => isAttachedWithin(each, scope, relations))
  const all: readonly Judged[] = [
    ...(isJudged('PersistentVolumeClaim', relations) ? judged(persistentVolumeClaims, CLAIM) : []),
    ...judged(volumes, VOLUME),
    ...judged(attachments, ATTACHMENT),
    ...judged(pods, POD),
    ...(isJudged('ControllerRevision', relations) ? judged(controllerRevisions, REVISION) : []),
  ]
  return {found: all.flatMap(({found}) => found ?? []), spared: all.flatMap(({spared}) => spared ?? [])}
}

function judge<K extends LeftoverKind, T extends KubernetesObject>(
  object: T,
  of: Kind<K, T>,
  relations: Relations,
): Judged {
  const verdict = of.verdictOf(object, relations)
  if (!verdict) return {}
  if (verdict.state === 'spared') return {spared: {kind: of.kind, object, verdict}}
  const item = itemOf(object, verdict, relations, of)
  const remedy = of.ways[verdict.reason]({object, verdict, deleting: item.deleting, relations})
  return {found: {item, remedy: pasteableRemedy(remedy)}}
}

/** Of a volume that is in no namespace the one of its claim counts. */
function isWithin({spec}: PersistentVolume, {namespace}: Scope): boolean {
  return namespace === undefined || spec?.claimRef?.namespace === namespace
}

function isAttachedWithin({spec}: VolumeAttachment, scope: Scope, relations: Relations): boolean {
  const volume = relations.volume(spec?.source?.persistentVolumeName ?? '')
  return volume ? isWithin(volume, scope) : scope.namespace === undefined
}

function selectedBy({selector}: Scope): (object: KubernetesObject) => boolean {
  if (selector === undefined) return () => true
  const query = parseLabelQuery(selector)
  return ({metadata}) => meetsQuery(query, metadata?.labels)
}
