import type {TimelineEntry} from '../../reports/why/report.ts'

/** The kind in kubectl's short words, where it has one. */
const WORDS: Readonly<Record<string, string>> = {
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  ReplicaSet: 'rs',
  PersistentVolumeClaim: 'pvc',
  PersistentVolume: 'pv',
  VolumeAttachment: 'attachment',
  ControllerRevision: 'revision',
}

export function shortName({kind, name}: TimelineEntry['object']): string {
  return `${Object.hasOwn(WORDS, kind) ? WORDS[kind] : kind.toLowerCase()}/${name}`
}

/** On one line: a table cell would end at the first line break. */
export function entryText({object, text, count, isOfEarlier}: TimelineEntry): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const whose = isOfEarlier ? `earlier ${object.kind}: ` : ''
  return `${whose}${line}${count === undefined ? '' : ` ×${count}`}`
}
