import pkg from '../../package.json' with {type: 'json'}

/** The versions of the plugin and of Node, in oclif's form. */
export function versions(): string {
  return `${pkg.name}/${pkg.version} ${process.platform}-${process.arch} node-${process.version}`
}
