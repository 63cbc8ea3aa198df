type Item = Readonly<Record<string, unknown>>

/** Which fields tell the items of a list apart, and how such an item is called. */
interface MergeKey {
  /** Fields that are in the name, and so need no line of their own. */
  readonly fields: readonly string[]
  readonly nameOf: (item: Item) => string
}

/**
 * Merge keys of the lists in a Pod template, as the API's own patches match their items (`patchMergeKey` and `listMapKey` in
 * core/v1 types.go, 1.37); below these, lists that the API takes as a whole and whose items have a name of their own.
 */
const MERGE_KEYS: Readonly<Record<string, MergeKey>> = {
  containers: named('name'),
  initContainers: named('name'),
  ephemeralContainers: named('name'),
  env: named('name'),
  volumes: named('name'),
  imagePullSecrets: named('name'),
  resourceClaims: named('name'),
  claims: named('name'),
  schedulingGates: named('name'),
  hostAliases: named('ip'),
  ports: {fields: ['containerPort', 'protocol'], nameOf: portName},
  volumeMounts: named('mountPath'),
  volumeDevices: named('devicePath'),
  topologySpreadConstraints: {
    fields: ['topologyKey', 'whenUnsatisfiable'],
    nameOf: ({topologyKey, whenUnsatisfiable}) => joined(topologyKey, whenUnsatisfiable),
  },
  // taken as a whole
  items: named('key'),
  matchExpressions: named('key'),
  matchFields: named('key'),
  readinessGates: named('conditionType'),
  resizePolicy: named('resourceName'),
  sysctls: named('name'),
  tolerations: {fields: ['key', 'effect'], nameOf: ({key, effect}) => joined(key, effect)},
  envFrom: {fields: [], nameOf: sourceName},
  sources: {fields: [], nameOf: sourceName},
}

/** The merge key of a list of that name; undefined where its items have only their place. */
export function mergeKeyOf(list: string): MergeKey | undefined {
  return Object.hasOwn(MERGE_KEYS, list) ? MERGE_KEYS[list] : undefined
}

function named(field: string): MergeKey {
  return {fields: [field], nameOf: (item) => text(item[field])}
}

/** `8080/TCP`. */
function portName({containerPort, protocol}: Item): string {
  return joined(containerPort, protocol ?? 'TCP')
}

/** `DB_/secret/db` of `envFrom`, `configMap/conf` of a projected volume. */
function sourceName(item: Item): string {
  const [kind = '', source] = Object.entries(item).find(([, value]) => typeof value === 'object') ?? []
  const {name, path} = (source ?? {}) as Item
  return [item.prefix, kind.replace(/Ref$/, ''), name ?? path].filter(Boolean).map(text).join('/')
}

function joined(...parts: readonly unknown[]): string {
  return parts.map((part) => (part === undefined || part === '' ? '*' : text(part))).join('/')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
