import {AnswerError} from '../cluster/errors.ts'
import type {ReportHeader} from '../reports/report.ts'
import {type Inquiry, isBad, reportOf} from './answering.ts'
import type {Outcome} from './exit-status.ts'
import {notFound} from './not-found.ts'
import {brokenSentences} from './omissions-note.ts'
import {print} from './printing.ts'
import {readFacts} from './reading.ts'

/** Outcome of a question that is answered once. @throws AnswerError */
export async function answerOnce<Report extends ReportHeader<string>>(
  inquiry: Inquiry<Report>,
): Promise<Outcome> {
  const {answering, request, isJudged} = inquiry
  const facts = await readFacts(request, answering.question)
  const missing = notFound(facts, request)
  if (missing.length > 0 && missing.length === facts.scope.names.length) throw unanswered(missing)
  const report = reportOf(facts, inquiry)
  await print(report, facts, inquiry)
  const broken = brokenSentences(facts.snapshot.omissions)
  if (missing.length > 0 || broken) throw unanswered([...missing, ...(broken ? [broken] : [])])
  return isJudged && isBad(report, answering) ? 'bad' : 'answered'
}

function unanswered(messages: readonly string[]): AnswerError {
  return new AnswerError([...new Set(messages)].join('\n'))
}
