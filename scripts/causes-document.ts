import type {Cause, Section} from '../src/diagnosis/catalog/entry.ts'
import {sections} from '../src/diagnosis/catalog/index.ts'
import {HOW_TO_READ, INTRODUCTION, LADDER} from './causes-prose.ts'

/** docs/causes.md, from the catalog. */
export function causesDocument(): string {
  return `${[
    '<!-- Written by scripts/causes.ts from src/diagnosis/catalog: edit that, then `npm run docs`. -->',
    '# Causes',
    INTRODUCTION,
    contents(),
    HOW_TO_READ,
    LADDER,
    ...sections.map(sectionText),
  ].join('\n\n')}\n`
}

function contents(): string {
  const lines = sections.map(({heading, causes}) => `- ${link(heading)} (${counted(causes.length, 'cause')})`)
  return [
    '## Contents',
    [`- ${link('How to read a finding')}`, `- ${link('What a remedy may cost')}`, ...lines].join('\n'),
  ].join('\n\n')
}

function sectionText({heading, intro, causes}: Section): string {
  const list = causes.map(({id, title}) => `- ${link(id)}: ${title}`).join('\n')
  return [`## ${heading}`, intro, list, ...causes.map(causeText)].join('\n\n')
}

function causeText({id, title, applies, sign, remedy, danger, unseen}: Cause): string {
  return [
    `### ${id}`,
    `**${capitalised(title)}.** ${applies.join(', ')}.`,
    `**Sign:** ${sign}`,
    `**Remedy:** ${remedy}`,
    ...(danger ? [`**Danger:** ${danger}`] : []),
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

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
