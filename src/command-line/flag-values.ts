import {parseTimeout} from '../cluster/connect-flags.ts'
import {parseLabelQuery} from '../model/label-query.ts'
import {type Format, type Template, templateFormats} from '../render/formats.ts'
import {invalidArgument, UsageError} from './usage-error.ts'

/** A length of time as the user wrote it. */
export interface Duration {
  readonly text: string
  /** 0: no limit. */
  readonly milliseconds: number
}

const LONGEST = 2 ** 31 - 1

/** Duration of `--timeout`. @throws UsageError for what is none. */
export function readTimeout(text: string): Duration {
  try {
    const milliseconds = parseTimeout(text)
    if (milliseconds === undefined || text.startsWith('-')) throw new Error()
    return {text, milliseconds: Math.min(LONGEST, milliseconds)}
  } catch {
    throw invalidArgument(text, '--timeout', `time: invalid duration ${JSON.stringify(text)}`)
  }
}

/** Number of objects per page. @throws UsageError in kubectl's words for what is no number. */
export function readChunkSize(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const reason = `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`
  throw invalidArgument(text, '--chunk-size', reason)
}

/** Selector without spaces around it, undefined for an empty one. @throws UsageError where a server would refuse it. */
export function readSelector(text: string): string | undefined {
  const selector = text.trim()
  if (!selector) return undefined
  try {
    parseLabelQuery(selector)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  return selector
}

/** Reader of `--output` for these formats; it throws UsageError in kubectl's words for any other. */
export function formatOf<F extends Format>(allowed: readonly F[]): (text: string) => F {
  return (text) => {
    const format = allowed.find((each) => each === text)
    if (format) return format
    const known = allowed.toSorted().join(',')
    throw new UsageError(
      `unable to match a printer suitable for the output format ${JSON.stringify(text)}, allowed formats are: ${known}`,
    )
  }
}

/** Reader of `--output` where templates can be given too: `jsonpath={.kind}`. @throws UsageError in kubectl's words. */
export function outputOf<F extends Format>(allowed: readonly F[]): (text: string) => F | Template {
  return (text) => {
    const [name = ''] = text.split('=', 1)
    const format = templateFormats.find((each) => each === name)
    if (!format) return formatOf([...allowed, ...templateFormats] as F[])(text)
    const template = text.slice(name.length + 1)
    if (template === '') throw new UsageError(NOTHING_GIVEN[name.startsWith('custom') ? 'columns' : 'path'])
    return {format, text: template}
  }
}

const NOTHING_GIVEN = {
  columns: 'custom-columns format specified but no custom columns given',
  path: 'template format specified but no template given',
}

export const COLORS = ['auto', 'always', 'never'] as const

/** Choice of `--color`. @throws UsageError for another word than auto, always or never. */
export function readColor(text: string): (typeof COLORS)[number] {
  return choiceOf(COLORS, text, '--color')
}

export const FINDINGS = ['full', 'brief', 'none'] as const

/** How much of what was found is printed. */
export type FindingsChoice = (typeof FINDINGS)[number]

/** Choice of `--findings`. @throws UsageError for another word than full, brief or none. */
export function readFindings(text: string): FindingsChoice {
  return choiceOf(FINDINGS, text, '--findings')
}

function choiceOf<Choice extends string>(choices: readonly Choice[], text: string, flag: string): Choice {
  const choice = choices.find((each) => each === text)
  if (choice) return choice
  throw invalidArgument(text, flag, `must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`)
}
