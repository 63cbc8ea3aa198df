import {cleanCell} from '../../model/clean.ts'
import type {RolledWorkload} from '../../reports/rollout/report.ts'
import {colored} from '../color.ts'
import {wrap} from '../lines.ts'
import type {TextOptions} from '../view.ts'
import {padded, widthOf} from '../width.ts'
import {countsText, revisionsText, STATE_TONES, stateWords, strategyText} from './rollout-words.ts'

const GAP = '   '

/** Who and how; then from where to where, how far, and how it stands: on one line, or on one each where that is too long. */
export function* headLines(workload: RolledWorkload, now: string, options: TextOptions): Generator<string> {
  const {kind, namespace, name, state} = workload
  const screen = options.width ?? Number.POSITIVE_INFINITY
  const who = cleanCell(`${kind} ${namespace}/${name}`)
  const revisions = cleanCell(revisionsText(workload))
  const far = `${barText(workload)}  ${countsText(workload)}`
  const stands = stateWords(workload, now)
  const width = Math.max(widthOf(who), widthOf(revisions))
  const isNarrow = width + widthOf([far, stands].join(GAP)) + GAP.length > screen
  const strategy = cleanCell(strategyText(workload))
  const first = `${padded(who, isNarrow ? 0 : width)}${GAP}${strategy}`
  if (widthOf(first) > screen) yield* [...wrap(who, screen), ...wrap(strategy, screen)]
  else yield first
  const stateText = colored(stands, STATE_TONES[state], options.isColored)
  if (!isNarrow) yield [padded(revisions, width), far, stateText].join(GAP)
  else {
    yield* wrap(revisions, screen)
    yield* widthOf([far, stands].join(GAP)) > screen ? [far, stateText] : [[far, stateText].join(GAP)]
  }
}

const BAR = 12

function barText({counts: {updated, desired}}: RolledWorkload): string {
  const share = desired === 0 ? 1 : (updated ?? 0) / (desired ?? 1)
  const full = Math.min(BAR, Math.floor(share * BAR))
  return '█'.repeat(full) + '░'.repeat(BAR - full)
}
