import type {Command} from '../command.ts'
import {exitTexts} from '../command-line/exit-status.ts'
import {type Flags, type FlagValues, readFlags} from '../command-line/flag.ts'
import {formatOf} from '../command-line/flag-values.ts'
import {formatsText, printFlags} from '../command-line/flags.ts'
import {nearest} from '../command-line/nearest.ts'
import {allowsColor, widthOf, writeLines} from '../command-line/output.ts'
import {plainWords} from '../command-line/place.ts'
import {meant, UsageError} from '../command-line/usage-error.ts'
import {formats} from '../render/formats.ts'
import {sectionOf, type TextOptions} from '../render/view.ts'

const load = () =>
  Promise.all([
    import('../reports/explain/catalog.ts'),
    import('../render/index.ts'),
    import('../render/views/explain.ts'),
  ])

/** Its report is one page after the other: nothing for templates. */
const flags = {
  ...printFlags,
  output: {
    ...printFlags.output,
    description: formatsText,
    read: formatOf(formats),
    place: plainWords(formats),
  },
} as const satisfies Flags

export const explainCommand: Command = {
  summary: 'What a finding means: how it shows, what helps, and what is dangerous',
  description: `ID is what stands at the end of a finding, such as crash-loop. Without one, all ids are listed by where the cause shows itself.`,
  usage: 'explain [ID ...] [flags]',
  examples: [
    {description: 'All about one cause', command: 'kubectl stateful explain crash-loop'},
    {description: 'All causes, by topic', command: 'kubectl stateful explain'},
  ],
  rights: 'none: it reads no cluster.',
  exits: exitTexts(),
  flags,
  place: () => ({of: 'causes'}),
  async run({given, words}) {
    const values = readFlags(given, flags)
    const [{explain, ids}, {render}, {catalogView, pagesView}] = await load()
    const wanted = words.map((word) => word.toLowerCase())
    for (const [index, id] of wanted.entries())
      if (!ids.some((each) => each === id)) throw unknownCause(words[index] ?? id, ids)
    const report = explain(wanted)
    const names = report.causes.map(({id}) => id)
    const view = wanted.length === 0 ? catalogView : pagesView
    const sections = () => view(report).map((section) => sectionOf(section as never))
    const surroundings = {title: ['kubectl stateful explain', ...wanted].join(' '), before: [], after: []}
    const lines = await render({report, names, sections, surroundings}, values.output, optionsOf(values))
    await writeLines(lines, process.stdout)
    return 'answered'
  },
}

function unknownCause(word: string, ids: readonly string[]): UsageError {
  const suggestion = meant(nearest(word, ids)) ?? "'kubectl stateful explain' lists all ids"
  return new UsageError(`the catalog doesn't have a cause "${word}"`, suggestion)
}

function optionsOf(values: FlagValues<typeof flags>): TextOptions {
  return {
    isColored: allowsColor(values.color, process.stdout, process.env),
    isWide: values.output === 'wide',
    hasHeaders: !values['no-headers'],
    hasNamespaces: false,
    ...widthOf(process.stdout),
  }
}
