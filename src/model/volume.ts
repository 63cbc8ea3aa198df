import {matchesAnyTerm, type NodeIdentity} from './node-selector.ts'
import type {Node, PersistentVolume} from './objects.ts'
import {own} from './own.ts'

/** Which nodes a volume's node affinity names. Neither list: nothing that we know to read as hosts or zones. */
export interface AllowedNodes {
  readonly zones?: readonly string[]
  readonly nodes?: readonly string[]
}

const HOST_KEY = /^kubernetes\.io\/hostname$/
/** The GA and beta labels, and the keys that CSI drivers use instead: `topology.ebs.csi.aws.com/zone`. */
const ZONE_KEY = /\/zone$/

/** Hosts and zones that the volume's required node affinity names with `In`; `{}` if it names neither. */
export function allowedNodes(volume: PersistentVolume): AllowedNodes {
  const nodes = namedBy(volume, HOST_KEY)
  const zones = namedBy(volume, ZONE_KEY)
  return {...(zones.length > 0 && {zones}), ...(nodes.length > 0 && {nodes})}
}

function namedBy(volume: PersistentVolume, wanted: RegExp): readonly string[] {
  const terms = volume.spec?.nodeAffinity?.required?.nodeSelectorTerms ?? []
  const values = terms
    .flatMap((term) => term.matchExpressions ?? [])
    .filter(({key, operator}) => operator === 'In' && wanted.test(key))
    .flatMap((expression) => expression.values ?? [])
  return [...new Set(values)].toSorted()
}

/** Whether no place that one of them names is one of the other; undefined where they do not both name hosts, or zones. */
export function areDisjoint(left: PersistentVolume, right: PersistentVolume): boolean | undefined {
  const [one, other] = [allowedNodes(left), allowedNodes(right)]
  for (const key of ['nodes', 'zones'] as const) {
    const [here, there] = [one[key], other[key]]
    if (here && there) return !here.some((name) => there.includes(name))
  }
  return undefined
}

/**
 * Whether a node can mount the volume, as far as its node affinity and its zone labels say. Mirrors
 * component-helpers volume.CheckNodeAffinity, which gives the node no name, so that matchFields are not
 * evaluated, and the scheduler's VolumeZone plugin (1.37).
 */
export function reaches(volume: PersistentVolume, node: Node): boolean {
  const required = volume.spec?.nodeAffinity?.required
  const labels: NodeIdentity = {labels: node.metadata?.labels ?? {}}
  if (required && !matchesAnyTerm(required.nodeSelectorTerms ?? [], labels)) return false
  return zoneLabelsFit(volume.metadata?.labels ?? {}, node.metadata?.labels ?? {})
}

type Labels = Readonly<Record<string, string>>

const GA_OF_BETA: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
}
const ZONE_LABELS = [...Object.keys(GA_OF_BETA), ...Object.values(GA_OF_BETA)]

/** Those of its labels that the scheduler compares with a node's. */
export function zoneLabelsOf({metadata}: PersistentVolume): readonly (readonly [string, string])[] {
  return Object.entries(metadata?.labels ?? {}).filter(([label]) => ZONE_LABELS.includes(label))
}

function zoneLabelsFit(volume: Labels, node: Labels): boolean {
  if (!ZONE_LABELS.some((label) => label in node)) return true
  return ZONE_LABELS.filter((label) => label in volume).every((label) => {
    const zones = (volume[label] ?? '').split('__').map((zone) => zone.trim())
    // a list with a hole in it is ignored (volume/helpers.LabelZonesToSet)
    if (zones.includes('')) return true
    const actual = node[label] ?? node[own(GA_OF_BETA, label) ?? '']
    return actual !== undefined && zones.includes(actual)
  })
}

/** What holds the bytes: the CSI driver's name, or the plugin (`local`, `hostPath`, `nfs`). */
export function volumeSource(volume: PersistentVolume): string {
  if (volume.spec?.csi) return volume.spec.csi.driver
  return Object.keys(volume.spec ?? {}).find((key) => !SPEC_FIELDS.has(key)) ?? 'unknown'
}

const SPEC_FIELDS = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
])

/** Mirrors volume/util.IsMultiAttachAllowed (1.37): without access modes nothing is known, and nothing forbidden. */
export function isExclusive({spec}: PersistentVolume): boolean {
  const modes: readonly string[] = spec?.accessModes ?? []
  return modes.length > 0 && !modes.includes('ReadWriteMany') && !modes.includes('ReadOnlyMany')
}
