import type {ReportHeader} from '../reports/report.ts'
import type {Answering} from './answering.ts'
import type {FlagValues} from './flag.ts'
import type {questionFlags} from './flags.ts'

export type Arranging = Pick<
  FlagValues<typeof questionFlags>,
  'output' | 'sort-by' | 'label-columns' | 'no-headers'
>

/** What templates, `--sort-by` and `--label-columns` make of an answer. @throws AnswerError for what the answer can't do */
export type Arrange = <Report extends ReportHeader<string>>(
  answering: Answering<Report>,
) => Promise<Answering<Report>>

const asItIs: Arrange = async (answering) => answering

/** Arrangement that the flags ask for; what makes it is loaded only where they do. @throws AnswerError */
export async function arrangementOf(flags: Arranging): Promise<Arrange> {
  const isPlain = typeof flags.output === 'string' && !flags['sort-by'] && flags['label-columns'].length === 0
  return isPlain ? asItIs : (await import('./arrangement.ts')).arrangement(flags)
}
