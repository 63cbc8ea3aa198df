import type {ChainLink, WhyReport} from '../../reports/why/report.ts'
import {linkColumns} from '../views/why-chain.ts'
import {cellsBy, type Shade, shadeOf} from './cells.ts'
import {EMPTY, html, type Markup} from './markup.ts'
import {lineParts, markOf, type Sitter} from './picture.ts'
import {tablePart} from './tables.ts'

/** The chain from what wants it to what it stands on, with the link that is broken; then what happened. */
export function* whyPicture({report, sections}: Sitter<WhyReport>): Generator<Markup> {
  const chain = distinct(report.chain)
  const broken = chain.find(({state}) => state === 'broken') ?? chain.find(({state}) => state === 'missing')
  for (const {head = []} of sections) yield* lineParts(head)
  yield html`<h3>What it stands on</h3><ol class="list ways">`
  for (const link of chain) yield linkItem(link, link === broken ? markOf(1, 'broken link') : EMPTY)
  yield html`</ol>`
  const {table, foot = []} = sections.at(-1) ?? {}
  if (!table || table.rows.length === 0) return
  yield* tablePart(table, 'What happened')
  yield* lineParts(foot)
}

function distinct(chain: readonly ChainLink[]): readonly ChainLink[] {
  return [...new Map(chain.map((link) => [Object.values(link).join('\n'), link])).values()]
}

const cells = cellsBy(linkColumns, ['LINK', 'NAME', 'STATE', 'DETAIL'])

function linkItem(link: ChainLink, mark: Markup): Markup {
  const {LINK, NAME, STATE, DETAIL} = cells(link)
  const shade: Shade = shadeOf(STATE.tone) ?? 'muted'
  return html`<li class="${shade}"><b>${LINK.text} ${NAME.text}</b> <span>${STATE.text}</span>${mark}<br><small>${DETAIL.text}</small></li>`
}
