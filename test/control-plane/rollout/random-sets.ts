import type {V1DaemonSet, V1StatefulSet, V1StatefulSetSpec} from '@kubernetes/client-node'
import {type Behaviour, behaviour, behaviourOf} from '../situations/behaviours.ts'
import {claim} from '../situations/volumes.ts'
import {daemonSet, statefulSet} from '../situations/workloads.ts'
import type {Seeded} from '../tools/seeded.ts'

interface Named {
  readonly name: string
  readonly namespace: string
}

const ALL = Object.keys(behaviour('ready'))[0] ?? ''
const BROKEN: readonly Behaviour[] = ['not-ready', 'crash', 'creating', 'image-pull']

/** Templates to go to and to come back to: one is broken, one is for some ordinals. */
const TEMPLATES = [{}, {}, {}, {}, behaviour('not-ready'), behaviourOf({0: 'crash', 2: 'not-ready'})] as const

const EVERY = Object.fromEntries(
  TEMPLATES.flatMap((each) => Object.keys(each)).map((key) => [key, null as null | string]),
)

/** As a merge patch of the template. */
export function randomTemplate({below}: Seeded): object {
  const version = below(TEMPLATES.length)
  return {metadata: {labels: {version: String(version)}, annotations: {...EVERY, ...TEMPLATES[version]}}}
}

const SECONDS = [0, 0, 0, 0, 0, 3600]
const STARTS = [0, 0, 0, 2, 5]
const PARTITIONS = [0, 0, 1, 2, 3]
const UNAVAILABLE = [undefined, 1, 2, 3, '50%']

export function randomStrategy({pick, chance}: Seeded): NonNullable<V1StatefulSetSpec['updateStrategy']> {
  if (chance(15)) return {type: 'OnDelete'}
  if (chance(15)) return {type: 'Recreate'}
  const maxUnavailable = pick(UNAVAILABLE)
  const rollingUpdate = {partition: pick(PARTITIONS), ...(maxUnavailable && {maxUnavailable})}
  return {type: 'RollingUpdate', rollingUpdate}
}

export function randomReplicas({below}: Seeded): number {
  return 1 + below(6)
}

export function randomOrdinals({pick}: Seeded): {start: number} {
  return {start: pick(STARTS)}
}

/**
 * A RollingUpdate that says no more creates some Pods at the current revision. Where they are created in parallel, the real
 * controller deletes them in the same sync and creates them again and again: no turn would end.
 */
const TERSE = {type: 'RollingUpdate'}

/** Where it has claims, a node is named, so that no scheduler asks for volumes. */
export function randomStatefulSet(random: Seeded, named: Named, node: string): V1StatefulSet {
  const {pick, chance, below} = random
  const annotations = chance(20) ? behaviourOf({[below(4)]: pick(BROKEN)}) : {}
  const hasClaims = chance(25)
  const policy = () => pick(['Retain', 'Delete'])
  const podManagementPolicy = pick(['OrderedReady', 'Parallel'])
  const isTerse = podManagementPolicy === 'OrderedReady' && chance(15)
  return statefulSet({
    ...named,
    labels: {version: '0'},
    annotations,
    replicas: randomReplicas(random),
    ...(hasClaims && {claims: [claim('data')], podSpec: {nodeName: node}}),
    spec: {
      ordinals: randomOrdinals(random),
      podManagementPolicy,
      updateStrategy: isTerse ? TERSE : randomStrategy(random),
      minReadySeconds: pick(SECONDS),
      ...(hasClaims && {persistentVolumeClaimRetentionPolicy: {whenScaled: policy(), whenDeleted: policy()}}),
    },
  })
}

export function randomDaemonStrategy({pick, chance}: Seeded) {
  if (chance(15)) return {type: 'OnDelete'}
  const surging = {maxSurge: pick([1, 2, '50%']), maxUnavailable: 0}
  const rollingUpdate = chance(40) ? surging : {maxUnavailable: pick([1, 1, 2, '30%', '50%'])}
  return {type: 'RollingUpdate', rollingUpdate}
}

export function randomDaemonSet(random: Seeded, named: Named, nodes: readonly string[]): V1DaemonSet {
  const {pick, chance} = random
  const tolerations = chance(30) ? [{operator: 'Exists'}] : []
  const annotations = chance(20) ? behaviourOf({[pick(nodes)]: pick(BROKEN)}) : {}
  const spec = {updateStrategy: randomDaemonStrategy(random), minReadySeconds: pick(SECONDS)}
  return daemonSet({...named, labels: {version: '0'}, annotations, podSpec: {tolerations}, spec})
}

/** Annotations that a Pod made with {@link randomDaemonSet} may have of its node, taken away. */
export const NOT_OF_ITS_NODE = (node: string) => ({[`${ALL}.${node}`]: null})
