import {AnswerError} from '../cluster/errors.ts'
import type {ReportHeader} from '../reports/report.ts'
import {type Inquiry, isBad, reportOf} from './answering.ts'
import {leaveSignalsToSystem, type Outcome} from './exit-status.ts'
import {notFound} from './not-found.ts'
import {brokenSentences} from './omissions-note.ts'
import {print} from './printing.ts'
import {type Facts, readFacts} from './reading.ts'
import type {Request} from './request.ts'
import {note} from './session.ts'

/** Outcome of a question that is answered once. @throws AnswerError */
export async function answerOnce<Report extends ReportHeader<string>>(
  inquiry: Inquiry<Report>,
): Promise<Outcome> {
  const {answering, request, opening, isJudged} = inquiry
  if (request.files.length > 0) leaveSignalsToSystem()
  const facts = await readFacts(request, answering.question, opening)
  leaveSignalsToSystem()
  const missing = notFound(facts, request)
  if (missing.length > 0 && missing.length === facts.scope.names.length) {
    if (facts.passedOver) note(facts.passedOver)
    throw unanswered(missing)
  }
  const report = reportOf(facts, inquiry)
  const broken = brokenSentences(facts.snapshot.omissions)
  await print(report, facts, inquiry, [...missing, ...(broken ? [broken] : [])])
  const refused = [...missing, ...(broken ? [broken] : []), ...warned(facts, request)]
  if (refused.length > 0) throw unanswered(refused)
  return isJudged && isBad(report, answering) ? 'bad' : 'answered'
}

/** With `--warnings-as-errors` a warned answer is none, as with kubectl; it has been printed nevertheless. */
function warned({warnings = 0}: Facts, {connection}: Request): readonly string[] {
  if (!connection.warningsAsErrors || warnings === 0) return []
  return [`error: ${warnings} ${warnings === 1 ? 'warning' : 'warnings'} received`]
}

function unanswered(messages: readonly string[]): AnswerError {
  return new AnswerError([...new Set(messages)].join('\n'))
}
