import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {causes} from '../src/diagnosis/causes.ts'
import {type CauseId, order} from '../src/diagnosis/order.ts'
import {causePage} from './cause-page.ts'
import {howToRead, INTRODUCTION, LADDER} from './causes-prose.ts'
import {capitalised, headingLink} from './markdown.ts'

type Section = (typeof order)[number]

const WRITTEN =
  '<!-- Written by scripts/causes.ts: edit a cause beside its rule, or the order in src/diagnosis/order.ts, then `npm run docs`. -->'

/** docs/causes.md: the order of its causes from one file, each of them from beside its rule. */
export function causesDocument(): string {
  return joined([
    WRITTEN,
    '# Causes',
    INTRODUCTION,
    contents(),
    howToRead(example()),
    LADDER,
    ...order.map(sectionText),
  ])
}

/** The files of docs/causes/, a page for each cause, by their names. */
export function causePages(): ReadonlyMap<string, string> {
  return new Map(
    order.flatMap(({heading, causes: ids}) =>
      ids.map((id) => [`${id}.md`, joined([WRITTEN, ...causePage(id, causes[id], heading)])] as const),
    ),
  )
}

/** One that has most of the lines that a finding can have, as docs/map.md shows it. */
const EXAMPLE: CauseId = 'sched-pv-node-affinity'

/** From a document whose transcripts are what the commands print: it can't say anything else. */
function example(): string {
  const document = readFileSync(join(import.meta.dirname, '../docs/map.md'), 'utf8')
  const found = document.split(/\n\n|^```$/m).find((part) => part.trim().split('\n')[0]?.endsWith(EXAMPLE))
  if (found === undefined) throw new Error(`docs/map.md shows no finding ${EXAMPLE}`)
  return found.trim()
}

function contents(): string {
  const lines = order.map(
    ({heading, causes: ids}) => `- ${headingLink(heading)} (${counted(ids.length, 'cause')})`,
  )
  return joined([
    '## Contents',
    [
      `- ${headingLink('How to read a finding')}`,
      `- ${headingLink('What a remedy may cost')}`,
      ...lines,
    ].join('\n'),
  ]).trimEnd()
}

function sectionText({heading, intro, causes: ids}: Section): string {
  const list = ids.map((id) => `- [${id}](causes/${id}.md): ${capitalised(causes[id].title)}`).join('\n')
  return [`## ${heading}`, intro, list].join('\n\n')
}

function joined(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
