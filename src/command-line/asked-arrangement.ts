import type {Arrange, ArrangementFlags} from './arrangement.ts'

const asItIs: Arrange = async (answering) => answering

/** Arrangement that the flags ask for; what makes it is loaded only where they do. @throws AnswerError */
export async function arrangementOf(flags: ArrangementFlags): Promise<Arrange> {
  const isPlain = typeof flags.output === 'string' && !flags['sort-by'] && flags['label-columns'].length === 0
  return isPlain ? asItIs : (await import('./arrangement.ts')).arrangement(flags)
}
