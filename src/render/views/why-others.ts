import type {Finding} from '../../diagnosis/finding.ts'
import type {WhyReport} from '../../reports/why/report.ts'
import type {Line, TextOptions} from '../view.ts'
import {isApiName} from './api-name.ts'
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
  return [[...oneLineEach(others, observedAt), ...moreLines(others, cause, report)]]
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
function moreLines(
  others: readonly Finding[],
  cause: Finding | undefined,
  {subject}: WhyReport,
): readonly Line[] {
  const near = [subject, ...(cause ? [cause.object] : [])]
  const isNear = ({object}: Finding) =>
    near.some(({kind, name}) => kind === object.kind && name === object.name)
  const other = others.find((each) => Object.hasOwn(TYPES, each.object.kind) && !isNear(each))
  const text = other ? whyCommand(other.object) : whyCommand(subject, ' -o wide')
  return text === undefined ? [] : [{label: 'More', text, isCommand: true, textTone: 'command'}]
}

/** undefined where a name is none that the API could have stored: nothing else is to be made of it. */
function whyCommand({kind, namespace, name}: Finding['object'], rest = ''): string | undefined {
  if (!isApiName(name) || !(namespace === undefined || namespace === '' || isApiName(namespace)))
    return undefined
  return `kubectl stateful why ${TYPES[kind]}/${name}${namespace ? ` -n ${namespace}` : ''}${rest}`
}
