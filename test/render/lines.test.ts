import fc from 'fast-check'
import {expect, test} from 'vitest'
import {labelledLines, wrap} from '../../src/render/lines.ts'
import {textLines} from '../../src/render/text.ts'
import type {Line, TextOptions} from '../../src/render/view.ts'

const plain: TextOptions = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}

function lines(line: Line, options: Partial<TextOptions> = {}) {
  return [...labelledLines([line], {...plain, ...options})]
}

test('text is wrapped at spaces; a longer word stays whole', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('one-long-word is', 4)).toEqual(['one-long-word', 'is'])
  expect(wrap('日本 日本', 5)).toEqual(['日本', '日本'])
  expect(wrap('', 5)).toEqual([''])
})

test('wrapping loses nothing and keeps to its room', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,12}$/), {minLength: 1}),
      fc.integer({min: 1, max: 40}),
      (words, room) => {
        const rows = wrap(words.join(' '), room)
        expect(rows.join(' ')).toBe(words.join(' '))
        expect(rows.filter((row) => row.length > room && row.includes(' '))).toEqual([])
      },
    ),
  )
})

test('a label stands before the text, and what goes on stands under it', () => {
  expect(lines({label: 'Error', text: 'one two three four'}, {width: 20})).toEqual([
    'Error     one two',
    '          three four',
  ])
  expect(lines({label: '', text: 'more'})).toEqual(['          more'])
})

test('on a pipe nothing is wrapped, and a command is wrapped nowhere', () => {
  const text = 'word '.repeat(40).trim()
  expect(lines({label: 'Error', text})).toEqual([`Error     ${text}`])
  expect(lines({label: 'Remedy', text, isCommand: true}, {width: 20})).toEqual([`Remedy    ${text}`])
})

test('a tag ends the last row at the edge of the terminal, or has a row of its own', () => {
  expect(lines({label: 'Error', text: 'short', tag: 'id'}, {width: 20})).toEqual(['Error     short   id'])
  expect(lines({label: 'Error', text: 'short', tag: 'id'}, {width: 30})).toEqual([
    'Error     short             id',
  ])
  expect(lines({label: 'Error', text: 'shorts', tag: 'id'}, {width: 20})).toEqual([
    'Error     shorts',
    '                  id',
  ])
  expect(lines({label: 'Error', text: 'short', tag: 'id'})).toEqual(['Error     short   id'])
})

test('line breaks in the text are spaces, other controls are made visible', () => {
  expect(lines({label: 'Error', text: 'one\r\n  two\u001b[31m'})).toEqual(['Error     one two^[[31m'])
})

test('the label alone has the colour', () => {
  expect(lines({label: 'Error', text: 'text', tone: 'error'}, {isColored: true})).toEqual([
    '\u001b[31mError     \u001b[39mtext',
  ])
})

test('sections and paragraphs stand apart by an empty line, and a title can not forge one', () => {
  const table = {columns: [{name: 'A', description: '', cell: () => 'x'}], rows: [{}]}
  const paragraphs = [
    {title: 'Set a\nb', lines: [{label: 'Note', text: 'n'}]},
    {lines: [{label: 'Error', text: 'e'}]},
  ]
  expect([
    ...textLines(
      [
        {table, paragraphs},
        {table, paragraphs: []},
      ],
      plain,
    ),
  ]).toEqual(['A', 'x', '', 'Set a...', 'Note      n', '', 'Error     e', '', 'A', 'x'])
})
