import type {Command} from '../command.ts'
import {connectionFlags} from '../command-line/connection-flags.ts'
import {exitTexts} from '../command-line/exit-status.ts'
import type {Flag} from '../command-line/flag.ts'
import {widthOf, writeLines} from '../command-line/output.ts'
import {UsageError} from '../command-line/usage-error.ts'
import type {Section} from '../render/view.ts'

type Named = readonly [name: string, flag: Flag]

export const optionsCommand: Command = {
  summary: 'The flags for the connection, which are those of kubectl',
  description: 'Every command that reads a cluster takes them.',
  usage: 'options',
  examples: [{description: 'All of them', command: 'kubectl stateful options'}],
  rights: 'none: it reads no cluster.',
  exits: exitTexts(),
  flags: {},
  async run({words}) {
    if (words.length > 0) throw new UsageError(`unexpected arguments: ${words.join(' ')}`)
    const {textLines} = await import('../render/text.ts')
    const options = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}
    await writeLines(textLines([section()], {...options, ...widthOf(process.stdout)}), process.stdout)
    return 'answered'
  },
}

function section(): Section<Named> {
  const rows = Object.entries<Flag>(connectionFlags).filter(([, {hidden}]) => !hidden)
  return {
    head: ['Every command that reads a cluster takes these flags, as kubectl does:'],
    table: {
      columns: [
        {name: 'FLAG', description: 'How it is spelt', cell: spelling},
        {name: 'MEANING', description: 'What it says', wraps: true, cell: ([, {description}]) => description},
      ],
      rows: rows.toSorted(([left], [right]) => (left < right ? -1 : 1)),
    },
    paragraphs: [],
  }
}

/** `-s, --server=VALUE`. */
function spelling([name, {type, char}]: Named): string {
  return `${char ? `-${char}, ` : ''}--${name}${type === 'option' ? '=VALUE' : ''}`
}
