import type {Found} from './found.ts'
import type {Advice, Leftover} from './report.ts'

/** One for each kind and reason, and for what deleting it would do; what destroys data first. */
export function adviceOf(all: readonly Found[]): readonly Advice[] {
  const kinds = [...new Set(all.map(({item}) => item.kind))]
  const urgency = ({kind, severity, deleting}: Leftover) =>
    100 * kinds.indexOf(kind) + 10 * SEVERITIES.indexOf(severity) + EFFECTS.indexOf(deleting.effect)
  return [...Map.groupBy(all, sameAdvice).values()]
    .flatMap(([first, ...others]) => (first ? [{first, count: 1 + others.length}] : []))
    .toSorted((left, right) => urgency(left.first.item) - urgency(right.first.item))
    .map(({first, count}) => adviceAbout(first, count))
}

/** What to do may differ where the reason does not: it is in the way, or it is not. */
function sameAdvice({item, remedy}: Found): string {
  const {kind, reason, deleting, reclaimPolicy} = item
  return [kind, reason, deleting.effect, reclaimPolicy, ...remedy.act.map(({text}) => text)].join('\n')
}

const SEVERITIES: readonly Leftover['severity'][] = ['error', 'warning', 'info']
const EFFECTS: readonly Leftover['deleting']['effect'][] = [
  'DestroysData',
  'Unknown',
  'StopsPod',
  'KeepsData',
  'NoData',
]

function adviceAbout({item, remedy}: Found, count: number): Advice {
  const {kind, reason, namespace, name, message} = item
  return {kind, reason, count, example: {namespace, name}, message, remedy}
}
