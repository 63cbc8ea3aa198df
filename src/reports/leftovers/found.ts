import {meetsQuery, parseLabelQuery} from '../../model/label-query.ts'
import {attachmentVerdict} from '../../model/leftover/attachment.ts'
import {claimVerdict} from '../../model/leftover/claim.ts'
import {podVerdict} from '../../model/leftover/pod.ts'
import {revisionVerdict} from '../../model/leftover/revision.ts'
import type {Verdict} from '../../model/leftover/verdict.ts'
import {volumeVerdict} from '../../model/leftover/volume.ts'
import type {KubernetesObject, PersistentVolume, VolumeAttachment} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Scope} from '../../model/scope.ts'
import {inNaturalOrder} from './in-order.ts'
import {attachmentItem, claimItem, podItem, revisionItem, volumeItem} from './items.ts'
import type {Leftover, LeftoverKind} from './report.ts'
import type {SparedObject} from './spared.ts'
import {isJudged} from './unjudged.ts'

type Left = Extract<Verdict, {state: 'leftover'}>

/** What one object is: left over, or one that only looks so; neither for one that is in use. */
interface Judged {
  readonly item?: Leftover
  readonly spared?: SparedObject
}

/** How the objects of one kind are judged, and told. */
interface Kind<T> {
  readonly kind: LeftoverKind
  readonly verdictOf: (object: T, relations: Relations) => Verdict | undefined
  readonly itemOf: (object: T, verdict: Left, relations: Relations) => Leftover
}

const CLAIM = {kind: 'PersistentVolumeClaim', verdictOf: claimVerdict, itemOf: claimItem} as const
const VOLUME = {kind: 'PersistentVolume', verdictOf: volumeVerdict, itemOf: volumeItem} as const
const ATTACHMENT = {kind: 'VolumeAttachment', verdictOf: attachmentVerdict, itemOf: attachmentItem} as const
const POD = {kind: 'Pod', verdictOf: podVerdict, itemOf: podItem} as const
const REVISION = {kind: 'ControllerRevision', verdictOf: revisionVerdict, itemOf: revisionItem} as const

/** All that is left over in a scope, and what only looks so; kind by kind, as far as each can be judged. */
export function found(scope: Scope, relations: Relations) {
  const {persistentVolumeClaims, persistentVolumes, volumeAttachments, pods, controllerRevisions} =
    relations.snapshot
  const isSelected = selectedBy(scope)
  const judged = <T extends KubernetesObject>(objects: readonly T[], kind: Kind<T>): readonly Judged[] =>
    inNaturalOrder(objects.filter(isSelected)).map((object) => judge(object, kind, relations))
  const volumes = persistentVolumes.filter((volume) => isWithin(volume, scope))
  const attachments = volumeAttachments.filter((each) => isAttachedWithin(each, scope, relations))
  const all = [
    ...(isJudged('PersistentVolumeClaim', relations) ? judged(persistentVolumeClaims, CLAIM) : []),
    ...judged(volumes, VOLUME),
    ...judged(attachments, ATTACHMENT),
    ...judged(pods, POD),
    ...(isJudged('ControllerRevision', relations) ? judged(controllerRevisions, REVISION) : []),
  ]
  return {leftovers: all.flatMap(({item}) => item ?? []), spared: all.flatMap(({spared}) => spared ?? [])}
}

function judge<T extends KubernetesObject>(
  object: T,
  {kind, verdictOf, itemOf}: Kind<T>,
  relations: Relations,
): Judged {
  const verdict = verdictOf(object, relations)
  if (verdict?.state === 'leftover') return {item: itemOf(object, verdict, relations)}
  return verdict ? {spared: {kind, object, verdict}} : {}
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
