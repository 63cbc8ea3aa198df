/** Annotations that kubectl and Kubernetes write, and that say when or which, and nothing else. */
const HARMLESS: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/restartedAt',
  'kubectl.kubernetes.io/default-container',
])

/** Fields in which people have put passwords, wherever they stand; each with all that is below it. */
const SECRET: ReadonlySet<string> = new Set([
  'command',
  'args',
  // of probes and hooks
  'httpHeaders',
  'httpGet.path',
  'httpGet.host',
  // what a driver, or a plugin, is given with a volume
  'csi.volumeAttributes',
  'flexVolume.options',
  'gitRepo.repository',
])

/**
 * Whether the value at that place of a Pod template may be a secret: environment, commands, arguments, annotations, what probes
 * and hooks send, what drivers are given. References to Secrets are none: they are names.
 */
export function mayBeSecret(place: readonly string[]): boolean {
  const fields = place.filter((part) => !part.startsWith('['))
  if (fields.some((field, index) => isSecret(field, fields[index - 1]))) return true
  const environment = fields.indexOf('env')
  if (environment >= 0 && fields[environment + 1] !== 'valueFrom') return true
  const annotations = place.indexOf('annotations')
  return annotations >= 0 && !HARMLESS.has(place[annotations + 1] ?? '')
}

function isSecret(field: string, before: string | undefined): boolean {
  return SECRET.has(field) || SECRET.has(`${before}.${field}`)
}
