import {AnswerError} from '../cluster/errors.ts'
import type {ReportHeader} from '../reports/report.ts'
import {type Inquiry, isBad, reportOf} from './answering.ts'
import {leaveSignalsToSystem, type Outcome} from './exit-status.ts'
import {notFound} from './not-found.ts'
import {print} from './printing.ts'
import {readFacts} from './reading.ts'
import type {Request} from './request.ts'
import {note} from './session.ts'

/** Outcome of a question that is answered once. @throws AnswerError */
export async function answerOnce<Report extends ReportHeader<string>>(
  inquiry: Inquiry<Report>,
): Promise<Outcome> {
  return await answer(inquiry).catch(blameFiles(inquiry.request))
}

async function answer<Report extends ReportHeader<string>>(inquiry: Inquiry<Report>): Promise<Outcome> {
  const {answering, request, isJudged} = inquiry
  if (request.files.length > 0) leaveSignalsToSystem()
  const facts = await readFacts(request, answering.question)
  leaveSignalsToSystem()
  const missing = notFound(facts, request)
  if (missing.length > 0 && missing.length === facts.scope.names.length) {
    if (facts.passedOver) note(facts.passedOver)
    throw unanswered(missing)
  }
  const report = reportOf(facts, inquiry)
  await print(report, facts, inquiry)
  if (missing.length > 0) throw unanswered(missing)
  return isJudged && isBad(report, answering) ? 'bad' : 'answered'
}

function unanswered(messages: readonly string[]): AnswerError {
  return new AnswerError(messages.join('\n'))
}

/** Handler for what goes wrong while saved objects are read, of which nobody has checked the shape. */
function blameFiles({files}: Request): (error: unknown) => never {
  return (error) => {
    if (files.length === 0 || !(error instanceof TypeError)) throw error
    throw new AnswerError(
      `error: the files hold an object of a wrong shape, or this is a mistake in kubectl-stateful: ${error.message}`,
    )
  }
}
