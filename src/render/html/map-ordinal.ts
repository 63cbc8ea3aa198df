import {listed} from '../../model/listed.ts'
import type {MappedClaim, MappedVolume, MapReport} from '../../reports/map/report.ts'
import {NONE} from '../human.ts'
import {claimColumns} from '../views/map-claim-columns.ts'
import {podColumns} from '../views/map-pod-columns.ts'
import {type MapRow, rowsOf} from '../views/map-rows.ts'
import {cellsBy, classOf, type Shade, shadeOf, worstOf} from './cells.ts'
import {type Fact, nameFact, usedText} from './map-facts.ts'
import type {Placed} from './map-places.ts'
import {EMPTY, html, type Markup} from './markup.ts'

const podCells = cellsBy(podColumns, ['POD', 'READY', 'STATUS'])
const claimCells = cellsBy(claimColumns, ['CLAIM', 'CAPACITY', 'VOLUME'])

const SEVERITIES: Readonly<Record<string, Shade>> = {error: 'error', warning: 'warn'}

/** An ordinal as it stands in its box. */
export interface Drawn {
  readonly shade: Shade
  readonly name: string
  readonly words: string
  /** Its name where that leads astray, and its claims: where their volumes are, and whether that is where they are needed. */
  readonly facts: readonly Fact[]
}

/** What there is to be said of an ordinal. */
export function drawn({workload, ordinal}: Placed, report: MapReport, hasNamespaces: boolean): Drawn {
  const [first, ...others] = rowsOf(report, {...workload, ordinals: [ordinal]})
  const disks = [first, ...others].flatMap((row) => (row?.claim ? [diskOf(row, row.claim)] : []))
  const facts = [
    ...[ordinal.identity ? nameFact(ordinal.identity) : undefined].flatMap((fact) => fact ?? []),
    ...disks,
  ]
  const {POD, READY, STATUS} = first ? podCells(first) : podCells({} as MapRow)
  const {state, findings, pod, nameHeldBy} = ordinal
  const marks = [POD.tone, READY.tone, STATUS.tone].map(shadeOf)
  const found = findings.map(({severity}) => SEVERITIES[severity])
  const plain = state === 'desired' && (pod ?? nameHeldBy) ? 'ok' : 'muted'
  const kept = nameHeldBy ? 'its name is held by a foreign Pod' : state === 'desired' ? '' : `(${state})`
  return {
    shade: worstOf([...marks, ...found, ...facts.map(({shade}) => shade)]) ?? plain,
    name: (hasNamespaces ? `${workload.namespace}/` : '') + nameOf({workload, ordinal}),
    words: [STATUS.text, READY.text, kept].filter((text) => text !== NONE && text !== '').join(' '),
    facts,
  }
}

/** As its Pod is called, or would be. */
function nameOf({workload, ordinal}: Placed): string {
  return ordinal.ordinal === null
    ? (ordinal.pod?.name ?? workload.name)
    : `${workload.name}-${ordinal.ordinal}`
}

function diskOf(row: MapRow, claim: MappedClaim): Fact {
  const {CLAIM, CAPACITY, VOLUME} = claimCells(row)
  const {ordinal} = row
  const isBeyond = claim.volume?.reachesNode === false
  const parts = [
    `claim ${CLAIM.text}`,
    told(CAPACITY.text),
    usedText(claim),
    told(VOLUME.text) && `volume ${VOLUME.text}`,
    isBeyond ? `out of reach of ${ordinal.node?.name}` : '',
    isBeyond || !ordinal.node ? reachText(claim.volume) : '',
    attachedText(claim, ordinal.node?.name),
  ]
  const failed = claim.attachments.some(({error}) => error !== undefined)
  const shade = worstOf([isBeyond || failed ? 'error' : undefined, ...[CLAIM.tone, VOLUME.tone].map(shadeOf)])
  return {text: parts.filter(Boolean).join(' · '), shade}
}

function told(text: string): string {
  return text === NONE ? '' : text
}

const FEW = 4

/** From where alone it can be reached. */
function reachText(volume: MappedVolume | null): string {
  const {nodes, zones} = volume?.allowedNodes ?? {}
  if (nodes) return `only from ${nodes.length === 1 ? 'node' : 'nodes'} ${listed(nodes, FEW)}`
  return zones ? `only from ${zones.length === 1 ? 'zone' : 'zones'} ${listed(zones, FEW)}` : ''
}

/** Where it is attached, unless that is where it is used. */
function attachedText({attachments}: MappedClaim, nodeName: string | undefined): string {
  return attachments
    .filter(({nodeName: at, error}) => at !== nodeName || error !== undefined)
    .map(({nodeName: at, error}) =>
      error === undefined ? `attached to ${at}` : `attaching to ${at} fails: ${error}`,
    )
    .join(' · ')
}

/** As a line of a list. */
export function ordinalItem({shade, name, words, facts}: Drawn, mark: Markup): Markup {
  const list = facts.map(({text, shade: of}) => html`<li${classOf(of)}>${text}</li>`)
  return html`<li class="${shade}"><b>${name}</b> <span>${words}</span>${mark}${list.length > 0 ? html`<ul>${list}</ul>` : EMPTY}</li>`
}
