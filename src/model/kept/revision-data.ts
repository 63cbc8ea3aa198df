import {type RawTemplate, templateIn, withoutSecretsIn} from './template-of-revision.ts'

/** What is kept of the template in a ControllerRevision: enough to tell whether two are the same; what is in it only for who asks. */
export interface RevisionData {
  /** 32 bits, as those of the API's own label of a revision, of all but `creationTimestamp: null`, in hexadecimal. */
  readonly fingerprint: string
  /** Kubernetes 1.33 writes `creationTimestamp: null` into a template, 1.34 nothing. */
  readonly hasEmptyTimestamp: boolean
  /** Only where somebody asked for templates. */
  readonly template?: RawTemplate
  /** The template was saved: without environment, commands, arguments and whatever else a snapshot leaves out. */
  readonly isInPart?: true
}

/** What is kept of a revision's data. What has been kept once, and saved, stays as it is. */
export function revisionData(data: unknown): RevisionData {
  const kept = keptBefore(data)
  if (kept) return kept
  const text = canonical(data)
  return {fingerprint: fingerprintOf(text), hasEmptyTimestamp: text !== canonical(data, false)}
}

/** The same with its template: all of it, or as much as was saved. */
export function revisionDataWithTemplate(data: unknown): RevisionData {
  const saved = savedTemplateIn(data)
  if (keptBefore(data)) return {...revisionData(data), ...(saved && {template: saved, isInPart: true})}
  const template = templateIn(data)
  return {...revisionData(data), ...(template && {template})}
}

/** The same with as much of its template as may be handed on. */
export function savedRevisionData(data: unknown): RevisionData {
  const {template, ...rest} = revisionDataWithTemplate(data)
  return {...rest, ...(template && {template: withoutSecretsIn(template), isInPart: true})}
}

/** Whatever else somebody wrote into it is left out. */
function savedTemplateIn(data: unknown): RawTemplate | undefined {
  const template = templateIn({spec: data})
  return template && withoutSecretsIn(template)
}

/** And no more than that, whatever else stands beside it: anybody may write a revision. */
function keptBefore(data: unknown): RevisionData | undefined {
  const {fingerprint, hasEmptyTimestamp} = (data ?? {}) as Partial<Record<keyof RevisionData, unknown>>
  const isFingerprint = typeof fingerprint === 'string' && /^[0-9a-f]{8}$/.test(fingerprint)
  return isFingerprint && typeof hasEmptyTimestamp === 'boolean'
    ? {fingerprint, hasEmptyTimestamp}
    : undefined
}

/** The same text for the same content, whatever the order of its fields. */
function canonical(value: unknown, isStripped = true): string {
  return (
    JSON.stringify(value, (key, each: unknown) => {
      if (isStripped && key === 'creationTimestamp' && each === null) return undefined
      const isObject = typeof each === 'object' && each !== null && !Array.isArray(each)
      return isObject ? Object.fromEntries(Object.entries(each).toSorted(byKey)) : each
    }) ?? ''
  )
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1
}

/** FNV-1a of 32 bits: a longer one would tell more of a password than the API's label does. */
function fingerprintOf(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
