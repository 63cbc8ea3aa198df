import pkg from '../../package.json' with {type: 'json'}
import type {Format} from '../render/formats.ts'
import type {FlagValues} from './flag.ts'
import type {FindingsChoice} from './flag-values.ts'
import type {questionFlags} from './flags.ts'
import {pagesOf, showsLinks} from './hyperlinks.ts'
import {allowsColor} from './output.ts'

/** How an answer is printed, as the flags say. */
export interface OutputStyle {
  readonly format: Format
  readonly isColored: boolean
  readonly hasHeaders: boolean
  /** Absent: each view decides. */
  readonly findings?: FindingsChoice
  /** Absent: links are not shown there. */
  readonly pageOf?: (id: string) => string
}

const pages = pagesOf(pkg as object)

/** OutputStyle that the flags ask for on this terminal or pipe. */
export function outputStyleOf(flags: FlagValues<typeof questionFlags>): OutputStyle {
  const {stdout, env} = process
  const isColored = allowsColor(flags.color, stdout, env)
  return {
    // what a template is asked of is the report as JSON
    format: typeof flags.output === 'object' ? 'json' : flags.output,
    isColored,
    hasHeaders: !flags['no-headers'],
    ...(flags.findings && {findings: flags.findings}),
    ...(pages && isColored && showsLinks(stdout, env) && {pageOf: pages}),
  }
}
