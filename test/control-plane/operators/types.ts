import type {ControlPlane} from '../tools/control-plane.ts'
import {until} from '../tools/until.ts'

/** A type that an operator brings along, with whatever fields its objects have. */
interface OperatorType {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly shortNames?: readonly string[]
}

/** The types of these operators, as far as an API server has to know them: names and versions, and no schema. */
export const TYPES = {
  kruiseSet: {
    group: 'apps.kruise.io',
    version: 'v1beta1',
    kind: 'StatefulSet',
    plural: 'statefulsets',
    shortNames: ['asts'],
  },
  kruiseDaemons: {
    group: 'apps.kruise.io',
    version: 'v1alpha1',
    kind: 'DaemonSet',
    plural: 'daemonsets',
    shortNames: ['daemon'],
  },
  strimzi: {
    group: 'core.strimzi.io',
    version: 'v1beta2',
    kind: 'StrimziPodSet',
    plural: 'strimzipodsets',
    shortNames: ['sps'],
  },
  cnpg: {group: 'postgresql.cnpg.io', version: 'v1', kind: 'Cluster', plural: 'clusters'},
  /** Of an operator that nobody knows. */
  cache: {group: 'cache.example.com', version: 'v1', kind: 'Cache', plural: 'caches'},
} as const satisfies Readonly<Record<string, OperatorType>>

export function definition({group, version, kind, plural, shortNames = []}: OperatorType): object {
  const schema = {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}}
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {name: `${plural}.${group}`},
    spec: {
      group,
      scope: 'Namespaced',
      names: {kind, plural, singular: kind.toLowerCase(), shortNames: [...shortNames]},
      versions: [{name: version, served: true, storage: true, schema, subresources: {status: {}}}],
    },
  }
}

/** What an operator has written: an object, and its status. */
export interface Written {
  readonly type: OperatorType
  readonly name: string
  readonly spec: object
  readonly status: object
}

/** Creates it as its user would, and says its status as its operator would; its UID is for the Pods. */
export async function write(
  {request}: ControlPlane,
  namespace: string,
  {type, name, spec, status}: Written,
): Promise<string> {
  const {group, version, kind, plural} = type
  const path = `/apis/${group}/${version}/namespaces/${namespace}/${plural}`
  const object = {apiVersion: `${group}/${version}`, kind, metadata: {name}, spec}
  const create = () => request('POST', path, object)
  const created = await until(`${kind} is served`, create, ({code}) => code === 201)
  const {metadata} = created.body as {metadata: {uid: string}}
  const {code, body} = await request('PATCH', `${path}/${name}/status`, {status})
  if (code !== 200) throw new Error(`PATCH ${name}/status: ${code} ${JSON.stringify(body)}`)
  return metadata.uid
}

/** As their operators refer to what they own. */
export function ownedBy({type: {group, version, kind}, name}: Written, uid: string): object {
  const owner = {
    apiVersion: `${group}/${version}`,
    kind,
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  }
  return {ownerReferences: [owner]}
}
