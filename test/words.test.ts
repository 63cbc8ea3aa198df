import {readdirSync, readFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {expect, test} from 'vitest'

const root = join(import.meta.dirname, '..')

/**
 * Words that must not come back in anything that a person reads, and what to say instead: plain English, which a tired
 * reader whose second language it is understands at once, and Kubernetes' own words for its own things.
 */
const WORDS: readonly (readonly [words: RegExp, instead: string])[] = [
  [/\banew\b/i, 'again, new'],
  [/\bfor ever\b/i, 'permanently'],
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\b(is|are|was|were) to [a-z]+\b/i, 'should, must, will'],
  [/\btold (of|to|by|apart)\b|\b(is|are) told\b/i, 'reported, named, set to'],
  [/\bof (which|whom)\b|\bwhom\b|\bwhose turn\b/i, 'a second sentence'],
  [/\bamong them\b/i, 'also'],
  [/\b(has|have) said nothing\b|\bwithout a word\b/i, 'has not reported'],
  [/\btold to stop\b|\bPods? (that )?(is|are) leaving\b|\bleaving Pods?\b/i, 'terminating'],
  [
    /\b(is|are|be|been|was|were) made (again|in its place|in their place)\b|\bmakes? (it|them) again\b/i,
    'recreated',
  ],
  [/\bPods? (is|are|was|were) made\b|\bmakes? (no|none|a|another) (Pod|other)\b|\bmakes none\b/i, 'created'],
  [/\bPods? (has|have) ended\b/i, 'failed, succeeded'],
  [/(?<!-)\bunscheduled\b/i, 'not scheduled, pending'],
  [/\bsayings?\b/i, 'message'],
  [/\bin company\b|\bits company\b/i, 'affinity'],
  [/\bmoments\b/i, 'entries'],
  [/\bstandstill\b|\bhold-?ups?\b/i, 'stalled'],
  [/\bheeds?\b|\bbears?\b|\bborne\b/i, 'respects; has'],
  [/\bfor the time being\b/i, 'for now'],
  [/\b(drives?|driven) (\S+ ){0,4}(away|out)\b/i, 'evicts'],
  [/\bbehind the back\b/i, 'without its operator'],
  [/(^|[`*'"])(Danger|Remedy|Evidence)([:`*'"]| {2,}|$)/, "Look, Act, Risk, Don't, Proof"],
]

/** Comments first, so that what they quote is no literal; of a template only its own text. */
const PIECES = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g
const CODE = /\$\{[^{}]*\}/g

interface Text {
  readonly place: string
  readonly text: string
}

function filesUnder(folder: string, ends: string): readonly string[] {
  return readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith(ends))
    .map((name) => join(root, folder, name))
    .toSorted()
}

/** Every string literal of a file, with its line. */
function literalsIn(file: string): readonly Text[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(PIECES)].flatMap(({0: piece, index}) => {
    const line = source.slice(0, index).split('\n').length
    return piece.startsWith('/') ? [] : linesOf(file, piece.replaceAll(CODE, '…'), line)
  })
}

function linesOf(file: string, text: string, first = 1): readonly Text[] {
  return text
    .split('\n')
    .map((each, index) => ({place: `${relative(root, file)}:${first + index}`, text: each}))
}

function hitsIn(texts: readonly Text[]): readonly string[] {
  return texts.flatMap(({place, text}) =>
    WORDS.flatMap(([words, instead]) => {
      const hit = words.exec(text)
      return hit ? [`${place} “${hit[0].trim()}” → ${instead}`] : []
    }),
  )
}

const documents = [join(root, 'README.md'), ...filesUnder('docs', '.md')]

test('no message, title or help text uses a word that must not come back', () => {
  const sources = [...filesUnder('src', '.ts'), ...filesUnder('scripts', '.ts')]
  expect(hitsIn(sources.flatMap(literalsIn))).toEqual([])
})

test('no document uses a word that must not come back', () => {
  expect(hitsIn(documents.flatMap((file) => linesOf(file, readFileSync(file, 'utf8'))))).toEqual([])
})

test('such a word is found in a literal, and not in a comment', () => {
  const texts = literalsIn(import.meta.filename)
  expect(texts.map(({text}) => text)).toContain("'again, new'")
  expect(hitsIn([{place: 'here:1', text: 'a Pod is made anew'}])).toEqual([
    'here:1 “anew” → again, new',
    'here:1 “Pod is made” → created',
  ])
})
