import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {type BundledPackage, bundledPackages} from './bundled-packages.ts'

/** For a package that names it and does not bring its text. */
const MIT = readFileSync(join(import.meta.dirname, 'mit-license.txt'), 'utf8')
const LICENSE = /^(licen[cs]e|copying)(\.|$)/i

/** The licences of the packages that stand in the bundle, from the paths of its inputs. */
export function notice(inputs: readonly string[], root: string): string {
  const parts = bundledPackages(inputs, root)
    .map((each) => part(each, root))
    .toSorted()
  return `kubectl-stateful carries these packages in its bundle.\n\n${[...new Set(parts)].join('\n')}`
}

function part(each: BundledPackage, root: string): string {
  const {name, version, license} = each
  return `${'-'.repeat(78)}\n${name} ${version} (${license})\n\n${licenseText(each, join(root, each.folder))}\n`
}

function licenseText({name, license, holders}: BundledPackage, folder: string): string {
  const file = readdirSync(folder).find((each) => LICENSE.test(each))
  if (file) return readFileSync(join(folder, file), 'utf8').trim()
  if (license === 'MIT') return MIT.replace('HOLDERS', holders.join(', ')).trim()
  throw new Error(`${name} has no licence text`)
}
