import {expect, test} from 'vitest'
import {pagesOf, showsLinks} from '../../src/command-line/hyperlinks.ts'
import {labelledLines} from '../../src/render/lines.ts'
import {withLink} from '../../src/render/links.ts'

test.for([
  [{TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.1.0'}, true],
  [{TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.15'}, false],
  [{TERM_PROGRAM: 'iTerm.app'}, false],
  [{TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.108.0'}, true],
  [{TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809-5046fc22'}, true],
  [{TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.2.0'}, true],
  [{TERM_PROGRAM: 'Apple_Terminal', TERM_PROGRAM_VERSION: '455'}, false],
  [{TERM_PROGRAM: 'constructor'}, false],
  [{VTE_VERSION: '7600', TERM: 'xterm-256color'}, true],
  [{VTE_VERSION: '5000'}, false],
  [{VTE_VERSION: '7600', TERM: 'tmux-256color'}, false],
  [{VTE_VERSION: '7600', CI: 'true'}, false],
  [{TERM: 'xterm-kitty'}, true],
  [{TERM: 'xterm-kitty', NO_COLOR: ''}, false],
  [{TERM: 'xterm-256color'}, false],
  [{WT_SESSION: 'a'}, true],
  [{WT_SESSION: 'a', TERM: 'dumb'}, false],
  [{}, false],
] as const)('of a terminal with %o: %s', ([env, expected]) => {
  expect(showsLinks({isTTY: true}, env)).toBe(expected)
  expect(showsLinks({isTTY: false}, env)).toBe(false)
  expect(showsLinks({}, env)).toBe(false)
})

const page = 'https://git.example/team/project/blob/HEAD/docs/causes/crash-loop.md'

test.for([
  [{repository: 'https://git.example/team/project'}, page],
  [{repository: {url: 'git+https://git.example/team/project.git'}, homepage: 'https://x.example'}, page],
  [{homepage: 'https://git.example/team/project#readme'}, page],
  [{repository: 'git@git.example:team/project.git'}, undefined],
  [{homepage: 'https://git.example/\u001b]8;;'}, undefined],
  [{}, undefined],
] as const)('a project with %o has its pages there', ([project, expected]) => {
  expect(pagesOf(project)?.('crash-loop')).toBe(expected)
})

const pageOf = (id: string) => `https://x.example/#${id}`
const linked = (id: string) => `\u001b]8;;https://x.example/#${id}\u001b\\${id}\u001b]8;;\u001b\\`

test.for([
  ['Error  a crash-loop   crash-loop', 'crash-loop', `Error  a crash-loop   ${linked('crash-loop')}`],
  ['Error  many   crash-loop ×27', 'crash-loop ×27', `Error  many   ${linked('crash-loop')} ×27`],
  ['Blocked  db-2   for 12m', 'for 12m', 'Blocked  db-2   for 12m'],
  ['Error  none', undefined, 'Error  none'],
] as const)('the id alone is a link: %s', ([line, tag, expected]) => {
  expect(withLink(line, tag, pageOf)).toBe(expected)
  expect(withLink(line, tag, undefined)).toBe(line)
})

test('a link takes no room', () => {
  const lines = [{label: 'Error', text: 'container crashes again and again', tag: 'crash-loop'}]
  const options = {isColored: false, width: 60, isWide: false, hasHeaders: true, hasNamespaces: false}
  const plain = [...labelledLines(lines, options)]
  const withLinks = [...labelledLines(lines, {...options, pageOf})]
  expect(withLinks).toEqual(plain.map((line) => line.replace('crash-loop', linked('crash-loop'))))
})
