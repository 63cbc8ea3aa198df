import {own} from '../../model/own.ts'
import type {ResourceKey} from '../../model/snapshot.ts'
import {pluralOf, resourceKeys, resources} from '../resources.ts'
import {decode} from './text.ts'

/** What may hold saved objects by its name; of logs, pictures and pages a bundle has thousands. */
const NAMES = /(?:^|\/)[^./]+$|\.(?:json|ya?ml|txt|list|out)(?:\.gz)?$/i

/** How JSON and YAML of the API begin. */
const BEGINS = /^(?:[[{]|["']?(?:apiVersion|kind|items|metadata|snapshot)["']?:)/

const kinds = resourceKeys.map((key) => resources[key].kind).join('|')
const NAMES_A_KIND = new RegExp(`["']?kind["']?:\\s*["']?(?:${kinds})(?:List)?\\b`)

export function mayBeSaved(path: string): boolean {
  return NAMES.test(path)
}

/** Whether that may be the beginning of saved objects. */
export function beginsAsSaved(head: Buffer): boolean {
  const text = decode(head.subarray(0, 4096))
  return !text.includes('\0') && BEGINS.test(firstWords(text))
}

/** Behind comments and markers, line by line: one pattern for all of them can be made to take for ever. */
function firstWords(text: string): string {
  for (const line of text.split('\n').map((each) => each.trim())) {
    const rest = line.replace(/^---\s*/, '')
    if (BEGINS.test(rest)) return rest
    if (line !== '' && !line.startsWith('#') && !line.startsWith('---')) return line
  }
  return ''
}

/** Whether some kind that we read is named in it, or by its place: only then is it worth parsing. */
export function namesAKind(text: string, path: string): boolean {
  return NAMES_A_KIND.test(text) || kindAt(path) !== undefined
}

/** As tools that save a cluster shorten them. */
const SHORT: Readonly<Record<string, ResourceKey>> = {
  pvc: 'persistentVolumeClaims',
  pvcs: 'persistentVolumeClaims',
  pv: 'persistentVolumes',
  pvs: 'persistentVolumes',
}

/** The kind that a file, or the folder that it is in, is called after: `pods/shop.json`, `storage-classes.json`. */
export function kindAt(path: string): ResourceKey | undefined {
  const places = path
    .split('/')
    .slice(-3)
    .map((part) => part.replace(/\..*$/, '').replaceAll('-', '').toLowerCase())
  return places
    .map((place) => own(SHORT, place) ?? resourceKeys.find((key) => pluralOf(key) === place))
    .findLast((key) => key !== undefined)
}
