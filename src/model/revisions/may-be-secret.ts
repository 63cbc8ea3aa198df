/** Annotations that kubectl and Kubernetes write, and that say when or which, and nothing else. */
const HARMLESS: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/restartedAt',
  'kubectl.kubernetes.io/default-container',
])

/** Fields of a container, and of its probes and hooks, in which people have put passwords; each with all that is below it. */
const OF_CONTAINER: ReadonlySet<string> = new Set([
  'command',
  'args',
  'httpHeaders',
  'httpGet.path',
  'httpGet.host',
])

/** Likewise of a volume: what a driver, or a plugin, is given with it. */
const OF_VOLUME: ReadonlySet<string> = new Set([
  'csi.volumeAttributes',
  'flexVolume.options',
  'gitRepo.repository',
])

/**
 * Whether the value at that place of a Pod template may be a secret: environment, commands, arguments, annotations, what probes
 * and hooks send, what drivers are given. References to Secrets are none: they are names. Keys that people choose, as those of
 * labels, say nothing: what counts is whose keys they are.
 */
export function mayBeSecret([part, ...below]: readonly string[]): boolean {
  switch (part) {
    case 'metadata':
      return isSecretAnnotation(below)
    case 'containers':
    case 'initContainers':
    case 'ephemeralContainers':
      return isSecretOfContainer(insideItem(below))
    case 'volumes':
      return isSecretOfVolume(insideItem(below))
    default:
      return false
  }
}

/** What stands there without a list is no template that the API takes. */
function insideItem(place: readonly string[]): readonly string[] {
  return place[0]?.startsWith('[') ? place.slice(1) : place
}

function isSecretAnnotation([part, key = '']: readonly string[]): boolean {
  return part === 'annotations' && !HARMLESS.has(key)
}

/** All fields are the API's own there, but for those of its resources. */
function isSecretOfContainer(fields: readonly string[]): boolean {
  const [first, , source] = fields
  if (first === 'resources') return false
  if (first === 'env') return source !== 'valueFrom'
  return isOneOf(OF_CONTAINER, fields)
}

function isSecretOfVolume(fields: readonly string[]): boolean {
  const [source, template, ...below] = fields
  if (source !== 'ephemeral') return isOneOf(OF_VOLUME, fields)
  return template === 'volumeClaimTemplate' && below[0] === 'metadata' && isSecretAnnotation(below.slice(1))
}

function isOneOf(secret: ReadonlySet<string>, fields: readonly string[]): boolean {
  return fields.some((field, index) => secret.has(field) || secret.has(`${fields[index - 1]}.${field}`))
}
