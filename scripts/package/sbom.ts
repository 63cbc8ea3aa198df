interface Component {
  readonly 'bom-ref': string
  readonly name: string
  readonly version: string
}

interface Sbom {
  readonly serialNumber?: string
  readonly metadata: {readonly timestamp?: string; readonly component: object}
  readonly components: readonly Component[]
}

/** `name version` of all packages that NOTICE lists: those of the bundle. */
export function bundledIn(notice: string): ReadonlySet<string> {
  const [, ...parts] = notice.split(/^-{78}\n/m)
  return new Set(parts.map((part) => /^\S+ \S+/.exec(part)?.[0] ?? part))
}

/**
 * npm's own list of packages without those that only build and test: what is published, and in executables the Node around it.
 * Without a time and a number of its own, so that the same release has the same list.
 */
export function sbomOf(all: Sbom, bundled: ReadonlySet<string>, node: string): object {
  const {serialNumber: _number, metadata, ...rest} = all
  const {timestamp: _time, ...about} = metadata
  const components = all.components.filter(({name, version}) => bundled.has(`${name} ${version}`))
  const missing = [...bundled].filter(
    (each) => !components.some(({name, version}) => each === `${name} ${version}`),
  )
  if (missing.length > 0) throw new Error(`npm sbom does not know ${missing.join(', ')}`)
  const runtime = {
    'bom-ref': `node@${node}`,
    type: 'platform',
    name: 'node',
    version: node,
    cpe: `cpe:2.3:a:nodejs:node.js:${node}:*:*:*:*:*:*:*`,
    description: 'the Node within the executables; what is in that, LICENSE.node lists',
  }
  return {
    ...rest,
    metadata: {...about, component: {...about.component, name: 'kubectl-stateful', type: 'application'}},
    components: [...components, runtime],
    dependencies: [],
  }
}
