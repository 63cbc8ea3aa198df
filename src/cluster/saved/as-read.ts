import type {KubernetesObject} from '../../model/objects.ts'
import {keyOfKind, resources} from '../resources.ts'
import {isRecord} from '../shape/types.ts'

type Fields = Readonly<Record<string, unknown>>

/** An object of an older or a newer group as the one that we read has it, in a namespace. */
export function asRead(given: KubernetesObject, namespace: string): KubernetesObject {
  const object = inNamespace(given, namespace)
  const group = object.apiVersion?.split('/')[0]
  if (group === 'events.k8s.io') return asCoreEvent(object as Fields)
  if (group === 'extensions' && object.kind === 'DaemonSet') return withGeneration(object)
  return object
}

/** kubectl puts what says no namespace of its own into the one that is asked for. */
function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  const key = keyOfKind(object.apiVersion ?? '', object.kind ?? '')
  if (!key || !resources[key].namespaced || object.metadata?.namespace) return object
  if (!isRecord(object.metadata ?? {})) return object
  return {...object, metadata: {...object.metadata, namespace}} as KubernetesObject
}

/** What is the same under another name (pkg/apis/core/v1 and events/v1, 1.19 and newer). */
function asCoreEvent(event: Fields): KubernetesObject {
  const {regarding, note, deprecatedCount, deprecatedFirstTimestamp, deprecatedLastTimestamp, ...same} = event
  const series = same.series as {count?: number} | undefined
  return {
    ...same,
    involvedObject: regarding,
    message: note,
    count: deprecatedCount ?? series?.count,
    firstTimestamp: deprecatedFirstTimestamp,
    lastTimestamp: deprecatedLastTimestamp,
  } as KubernetesObject
}

const GENERATION = 'deprecated.daemonset.template.generation'

/** Where the annotation stands now, `extensions/v1beta1` had a field. */
function withGeneration(object: KubernetesObject): KubernetesObject {
  const {templateGeneration} = (object as {spec?: {templateGeneration?: number}}).spec ?? {}
  if (templateGeneration === undefined) return object
  const annotations = {...object.metadata?.annotations, [GENERATION]: String(templateGeneration)}
  return {...object, metadata: {...object.metadata, annotations}} as KubernetesObject
}
