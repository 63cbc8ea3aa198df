import {AnswerError} from '../cluster/errors.ts'
import type {Wait} from '../command-line/answering.ts'
import type {WaitVerdict} from '../command-line/display.ts'
import {nothingFound} from '../command-line/printing.ts'
import {isBroken, WRONG_SHAPE} from '../model/snapshot.ts'
import type {RolloutReport} from '../reports/rollout/report.ts'
import {rolloutVerdict} from '../reports/rollout/verdict.ts'

const DELETED: WaitVerdict = {
  isOver: true,
  isGood: false,
  isSure: true,
  words: 'what was waited for has been deleted',
}

/** Judge of one wait: it remembers whether what is waited for has been there. */
export function judgeOf(isFailFast: boolean): Wait<RolloutReport>['judge'] {
  let hasSeen = false
  return (report, scope) => {
    const {workloads} = report
    const unseen = unseenOf(report)
    if (workloads.length === 0 && !hasSeen && !unseen) throw new AnswerError(nothingFound(scope))
    hasSeen = true
    const blind = workloads.find(({state, next}) => state === 'Unknown' && next.waitsFor === null)
    // a right will not come back by waiting, a server will
    if (blind && !report.omissions.some(isBroken))
      throw new AnswerError(`error: ${blind.name} can't be waited for: ${blind.reason}`)
    const isGone = workloads.length < Math.max(1, scope.names.length)
    const verdict = isGone ? DELETED : rolloutVerdict(report, isFailFast)
    return unseen && (isGone || verdict.isGood) ? unseen : verdict
  }
}

const SUBJECTS = ['statefulsets', 'daemonsets']

/** Of what is waited for something may be there that makes no sense: it is neither gone nor complete. */
function unseenOf({omissions}: RolloutReport): WaitVerdict | undefined {
  const wrong = omissions.find(({resource, reason}) => reason === WRONG_SHAPE && SUBJECTS.includes(resource))
  return wrong && {isOver: false, isGood: false, isSure: false, words: wrong.message.replace(/^error: /, '')}
}
