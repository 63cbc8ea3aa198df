import type {BundledPackage} from './bundled-packages.ts'

/** What we may hand on without asking anybody. */
const LICENSES: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
])

export interface LockFile {
  readonly packages: Readonly<
    Record<
      string,
      | {readonly version?: string; readonly integrity?: string; readonly hasInstallScript?: boolean}
      | undefined
    >
  >
}

/** What speaks against packages in the bundle: they are not those of the lock file, run scripts, or may not be handed on. */
export function complaints(
  packages: readonly BundledPackage[],
  {packages: locked}: LockFile,
): readonly string[] {
  return packages.flatMap(({folder, name, version, license}) => {
    const entry = locked[folder]
    const isLocked = entry?.version === version && entry.integrity?.startsWith('sha512-')
    return [
      ...(isLocked ? [] : [`${name} ${version} is not in the lock file, or without a checksum`]),
      ...(entry?.hasInstallScript ? [`${name} ${version} runs a script when it is installed`] : []),
      ...(LICENSES.has(license) ? [] : [`${name} ${version} has the licence ${license}`]),
    ]
  })
}
