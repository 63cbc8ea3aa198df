import {readFileSync} from 'node:fs'
import {join} from 'node:path'

/** A package of which something stands in the bundle. */
export interface BundledPackage {
  /** `node_modules/ora/node_modules/strip-ansi`, as the lock file has it. */
  readonly folder: string
  readonly name: string
  readonly version: string
  readonly license: string
  readonly holders: readonly string[]
}

type Person = string | {readonly name?: string}

interface PackageJson {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: Person
  readonly contributors?: readonly Person[]
}

/** Packages by the paths of a bundle's inputs, sorted by folder. */
export function bundledPackages(inputs: readonly string[], root: string): readonly BundledPackage[] {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined))
  return [...folders].toSorted().map((folder) => {
    const path = join(root, folder, 'package.json')
    const {name, version, license = 'none', ...people} = JSON.parse(readFileSync(path, 'utf8')) as PackageJson
    return {folder, name, version, license, holders: holdersOf(people)}
  })
}

/** `node_modules/@a/b/node_modules/c/lib/x.js` → up to `c`, wherever the folder lies that a link may name. */
function packageFolder(input: string): string | undefined {
  return /(?:^|\/)(node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]
}

function holdersOf({
  author,
  contributors = [],
}: Pick<PackageJson, 'author' | 'contributors'>): readonly string[] {
  const people = [author, ...contributors].filter((person) => person !== undefined)
  const names = people.map((person) => (typeof person === 'string' ? person : (person.name ?? '')))
  return [...new Set(names.map((name) => name.replace(/ *[<(].*/, '')))].filter(Boolean)
}
