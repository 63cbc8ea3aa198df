import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

interface PackageJson {
  readonly name: string
  readonly version: string
  readonly license?: string
}

const LICENSE = /^(licen[cs]e|copying)(\.|$)/i

/** The licences of the packages that stand in the bundle, from the paths of its inputs. */
export function notice(inputs: readonly string[], root: string): string {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined))
  const parts = [...folders].map((folder) => part(join(root, folder))).toSorted()
  return `kubectl-stateful carries these packages in its bundle.\n\n${[...new Set(parts)].join('\n')}`
}

/** `node_modules/@a/b/node_modules/c/lib/x.js` → up to `c`. */
function packageFolder(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]
}

function part(folder: string): string {
  const {name, version, license} = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as PackageJson
  const file = existsSync(folder) ? readdirSync(folder).find((each) => LICENSE.test(each)) : undefined
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : ''
  return `${'-'.repeat(78)}\n${name} ${version} (${license ?? 'see below'})\n\n${text}\n`
}
