import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {causes} from '../src/diagnosis/causes.ts'
import {type CauseId, order} from '../src/diagnosis/order.ts'
import {howToRead, INTRODUCTION, LADDER} from './causes-prose.ts'

type Section = (typeof order)[number]

/** docs/causes.md: the order of its causes from one file, each of them from beside its rule. */
export function causesDocument(): string {
  return `${[
    '<!-- Written by scripts/causes.ts: edit a cause beside its rule, or the order in src/diagnosis/order.ts, then `npm run docs`. -->',
    '# Causes',
    INTRODUCTION,
    contents(),
    howToRead(example()),
    LADDER,
    ...order.map(sectionText),
  ].join('\n\n')}\n`
}

/** One that has most of the lines that a finding can have, as the README shows it. */
const EXAMPLE: CauseId = 'sched-pv-node-affinity'

/** From the README, whose transcripts are what the commands print: it can't say anything else. */
function example(): string {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const found = readme.split(/\n\n|^```$/m).find((part) => part.trim().split('\n')[0]?.endsWith(EXAMPLE))
  if (found === undefined) throw new Error(`README.md shows no finding ${EXAMPLE}`)
  return found.trim()
}

function contents(): string {
  const lines = order.map(({heading, causes: ids}) => `- ${link(heading)} (${counted(ids.length, 'cause')})`)
  return [
    '## Contents',
    [`- ${link('How to read a finding')}`, `- ${link('What a remedy may cost')}`, ...lines].join('\n'),
  ].join('\n\n')
}

function sectionText({heading, intro, causes: ids}: Section): string {
  const list = ids.map((id) => `- ${link(id)}: ${causes[id].title}`).join('\n')
  return [`## ${heading}`, intro, list, ...ids.map(causeText)].join('\n\n')
}

function causeText(id: CauseId): string {
  const {title, applies, sign, remedy, risk, riskWhen, avoid, unseen} = causes[id]
  return [
    `### ${id}`,
    `**${capitalised(title)}.** ${applies.join(', ')}.`,
    `**Sign:** ${sign}`,
    `**What helps:** ${remedy}`,
    ...(risk ? [`**Risk:** ${sentence(risk)}${riskWhen ? ` Only when ${riskWhen}.` : ''}`] : []),
    ...(avoid ? [`**Don't:** ${sentence(avoid)}`] : []),
    ...(unseen ? [`**Not reported:** ${unseen}`] : []),
  ].join('\n\n')
}

/** Markdown's anchor of a heading, as GitHub makes it. */
function link(heading: string): string {
  const anchor = heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-')
  return `[${heading}](#${anchor})`
}

/** A text as findings print it, as a sentence. */
function sentence(text: string): string {
  return `${capitalised(text)}.`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
