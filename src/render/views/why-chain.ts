import type {ChainLink, LinkState, WhyReport} from '../../reports/why/report.ts'
import {NONE} from '../human.ts'
import type {Column, TextOptions, Tone} from '../view.ts'
import {type Said, unsaid} from './echo.ts'

const TONES: Readonly<Record<LinkState, Tone | undefined>> = {
  ok: 'ok',
  broken: 'error',
  missing: 'error',
  waiting: 'warn',
  unknown: 'muted',
}

/** As the columns of `map` call them. */
const KINDS: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'Claim',
  PersistentVolume: 'Volume',
  VolumeAttachment: 'Attachment',
}

export const linkColumns: readonly Column<ChainLink>[] = [
  {
    name: 'LINK',
    description: 'Kind',
    cell: ({kind}) => (Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? kind) : kind),
  },
  {name: 'NAME', description: 'Name', shorten: 'middle', cell: ({name}) => name},
  {
    name: 'STATE',
    description: 'ok, broken, missing, waiting, or unknown where it was not seen',
    cell: ({state}) => ({text: state, tone: TONES[state]}),
  },
  {
    name: 'DETAIL',
    description: 'How it is',
    isFlexible: true,
    wraps: true,
    // what is well is said on one row, and what is not in full
    cell: ({text, state}) => ({text: text || NONE, isBrief: state === 'ok'}),
  },
]

/** The links, each once; of the set in the heading only what that leaves out. */
export function chainRows(report: WhyReport, options: TextOptions, said: Said): readonly ChainLink[] {
  return ownLinks(report, options)
    .filter(({kind, state}) => kind !== 'Ordinal' || state !== 'ok')
    .map((link) => ({...link, text: unsaid(link.text, said)}))
}

function ownLinks(report: WhyReport, {hasHeaders}: TextOptions): readonly ChainLink[] {
  const {subject} = report
  const chain = [...new Map(report.chain.map((link) => [Object.values(link).join(' '), link])).values()]
  const [first, ...others] = chain
  if (!hasHeaders || !first?.kind.endsWith('Set') || first.kind !== subject.kind) return chain
  const text = first.text.replace(COUNTED, '')
  return text === '' ? others : [{...first, text}, ...others]
}

const COUNTED = /^\w+, \S+ ready, \S+ updated(?:: |, )?/
