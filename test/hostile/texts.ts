/** Texts that somebody would put into a cluster who wants to harm its reader. */
import fc from 'fast-check'

const CONTROLS = [
  '\u001b[2J',
  '\u001b]8;;http://x\u0007',
  '\u009b31m',
  '\r',
  '\t',
  '\u0007',
  '\b',
  '\u0000',
  '\u007f',
  '\f',
  '\n',
]
const INVISIBLE = [
  '\u200b',
  '\u202e',
  '\u2066',
  '\u034f',
  '\u115f',
  '\u3164',
  '\u206a',
  '\ufeff',
  '\u{e0041}',
  '\u{e0100}',
  '\u2028',
  '\ufe0f',
]
const HALVES = ['\ud800', '\udc00', '\udbff']
const SCRIPTS = ['größe', '日本語', 'हिन्दी', 'ไทยคำ', 'עִבְרִית', 'العربية', '한국', '🇩🇪', '👍🏽', 'e\u0301']
const SHELL = [
  '--all',
  '-A',
  '-n',
  '-o',
  '--',
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned ;',
  '&& touch pwned',
  '| touch pwned',
  '\ntouch pwned\n',
  "'; touch pwned; '",
  '" ; touch pwned ; "',
  '> pwned',
  '~',
  '*',
  '!!',
  '\\',
  '#',
  `${' '.repeat(200)}kubectl delete ns --all`,
  '\nkubectl delete ns --all\n',
]
const MARKUP = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title><iframe src=//x>',
  '<!--',
  ']]>',
  '</li></ul><b id=blocker-1>',
  '&lt;b&gt;',
  'javascript:alert(1)',
  '{{7*7}}',
  '```',
  '<script>',
  '[x](http://y)',
  '@somebody',
  '| a | b |',
  '# x',
]
const WORDS = [
  'web',
  'db-0',
  'a',
  'kubernetes.io/x',
  '5Gi',
  '2026-05-01T12:00:00Z',
  '__proto__',
  'constructor',
  'toString',
]
const RUNS = [' ', 'a', '-', '.', ',', '[', '(', '0', '\n', '日', '"', '_']

const pieces = [CONTROLS, INVISIBLE, HALVES, SCRIPTS, SHELL, MARKUP, WORDS]

/** A few of these, one after the other, and now and then a run of one character that does not end. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .array(fc.oneof(...pieces.map((list) => fc.constantFrom(...list))), {minLength: 1, maxLength: 5})
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...RUNS), fc.constantFrom(300, 5000, 50_000))
      .map(([run, count]) => run.repeat(count)),
  },
)

/** Texts of nothing but one thing, again and again, for what takes more than its length in time. */
export const runs = [
  ...RUNS,
  ' \n',
  '. ',
  'a ',
  ', ',
  ': ',
  '1 ',
  '[a',
  '{"',
  '<',
  'a/',
  'node(s) ',
  'spec.',
  '\ud800',
  'é',
  '\t',
]
