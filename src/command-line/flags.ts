import {formats, templateFormats} from '../render/formats.ts'
import {connectionFlags} from './connection-flags.ts'
import type {Flag, Flags} from './flag.ts'
import {
  COLORS,
  FINDINGS,
  outputOf,
  readChunkSize,
  readColor,
  readFindings,
  readSelector,
} from './flag-values.ts'
import {plainWords} from './place.ts'

/** Which objects the question is about. */
export const scopeFlags = {
  namespace: {
    type: 'option',
    char: 'n',
    description: 'Namespace of the workloads',
    place: {of: 'namespaces'},
  },
  'all-namespaces': {type: 'boolean', char: 'A', description: 'Workloads of all namespaces'},
  'chunk-size': {
    type: 'option',
    description: 'Objects per page of a list; 0: all at once',
    default: '500',
    read: readChunkSize,
  },
} as const satisfies Flags

export const selectorFlag = {
  type: 'option',
  char: 'l',
  description: 'Label selector on the workloads (k=v, k!=v, k in (a,b))',
  read: readSelector,
} as const

/** The formats in words. */
export const formatsText =
  'table, wide, json, yaml, name, markdown for a ticket or a chat, html for a picture in a browser'

/** How an answer is printed. */
export const printFlags = {
  output: {
    type: 'option',
    char: 'o',
    description: `${formatsText}, or as in kubectl jsonpath=... and custom-columns=... (or -file=..., jsonpath-as-json=...)`,
    default: 'table',
    read: outputOf(formats),
    place: plainWords([...formats, ...templateFormats.map((name) => `${name}=`)]),
  },
  'no-headers': {
    type: 'boolean',
    description: 'No header lines; on a pipe nothing but rows, to be counted',
  },
  color: {
    type: 'option',
    description: 'auto, always or never',
    default: 'auto',
    read: readColor,
    place: plainWords(COLORS),
  },
} as const satisfies Flags

/** In which order rows stand, and which labels stand beside them. */
const rowFlags = {
  'sort-by': {
    type: 'option',
    description: "Sort rows by this field, such as '{.pod.restarts}'; -o json shows which there are",
  },
  'label-columns': {
    type: 'option',
    char: 'L',
    description: 'Labels to show as columns, separated by commas; repeatable',
    multiple: true,
  },
} as const satisfies Flags

/** What every question has. */
export const questionFlags = {
  ...scopeFlags,
  selector: selectorFlag,
  filename: {
    type: 'option',
    char: 'f',
    description:
      'Answer from saved objects, not from a cluster: a file, a folder, an archive (tar, zip), or - for standard input; repeatable',
    multiple: true,
    place: {of: 'files'},
  },
  recursive: {
    type: 'boolean',
    char: 'R',
    description: 'Folders of -f with all that is in them, which is how they are read in any case',
  },
  ...printFlags,
  ...rowFlags,
  findings: {
    type: 'option',
    description:
      'How much of what is wrong stands with the tables: full (the default, in why of the cause alone), brief (one line each) or none',
    read: readFindings,
    place: plainWords(FINDINGS),
  },
  'exit-code': {type: 'boolean', description: 'Exit with 1 when something of severity error was found'},
  ...connectionFlags,
} as const satisfies Flags

/** `--watch`, for the questions that can be watched. */
export function watchFlag(description: string) {
  return {
    type: 'boolean',
    char: 'w',
    description,
    check: ({output}) =>
      output === 'table' || output === 'wide' ? undefined : '--watch prints text: --output table or wide',
  } as const satisfies Flag
}
