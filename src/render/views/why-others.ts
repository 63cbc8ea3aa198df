import type {Finding} from '../../diagnosis/finding.ts'
import type {WhyReport} from '../../reports/why/report.ts'
import type {Line, TextOptions} from '../view.ts'
import type {Said} from './echo.ts'
import {findingParagraphs, isAlike, oneLineEach} from './findings.ts'
import {isCause} from './why-cause.ts'

/** What was found beside the cause: one line each and the command that tells more; in full where that is wanted, or no cause is known. */
export function otherParagraphs(
  report: WhyReport,
  options: TextOptions,
  said: Said,
): readonly (readonly Line[])[] {
  const {findings, observedAt} = report
  const cause = isCause(report) ? findings[0] : undefined
  const others = findings.filter((each) => !cause || !isAlike(each, cause))
  if (others.length === 0 || options.findings === 'none') return []
  const isRoomy = options.isWide || (!cause && options.findings !== 'brief')
  if (isRoomy || options.findings === 'full') return findingParagraphs(others, observedAt, options, said)
  return [[...oneLineEach(others, observedAt), moreLine(others, cause, report)]]
}

/** The types that `why` answers for, as kubectl abbreviates them. */
const TYPES: Readonly<Record<string, string>> = {
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  Pod: 'pod',
  PersistentVolumeClaim: 'pvc',
  Node: 'node',
}

/** The same question about the first of the others; where they are about nothing else, all of this answer. */
function moreLine(others: readonly Finding[], cause: Finding | undefined, {subject}: WhyReport): Line {
  const near = [subject, ...(cause ? [cause.object] : [])]
  const isNear = ({object}: Finding) =>
    near.some(({kind, name}) => kind === object.kind && name === object.name)
  const other = others.find((each) => TYPES[each.object.kind] && !isNear(each))
  const text = other ? whyCommand(other.object) : `${whyCommand(subject)} -o wide`
  return {label: 'More', text, isCommand: true, textTone: 'command'}
}

function whyCommand({kind, namespace, name}: Finding['object']): string {
  return `kubectl stateful why ${TYPES[kind]}/${name}${namespace ? ` -n ${namespace}` : ''}`
}
