import {fewText, quoted} from '../../words.ts'
import {missingDriver} from '../volumes/driver-missing.ts'
import {reasonOf} from './reasons.ts'
import {TAINTED_NODE} from './reasons-nodes.ts'
import {EXTENDED} from './reasons-room.ts'
import {resourceIn} from './room.ts'
import {toldTaints} from './tolerated-by-now.ts'

/** A reason of the scheduler in our words, and what the objects tell of it. */
export interface ReasonWithNumbers {
  readonly text: string
  /** `4 requested, 2 of 8 free`; empty where nothing is known. */
  readonly numbers: string
}

/** What the reasons mean, and where: `not enough CPU is free on node node-a: 4 requested, 2 of 8 free`. */
export function reasonsText(
  reasons: readonly ReasonWithNumbers[],
  where: string,
  link: 'and' | 'or',
): string {
  const own = reasons.filter(({text}) => reasonOf(text).isOfNoNode || reasonOf(text).claim)
  const [first, ...others] = own.length > 0 ? own : reasons
  if (!first) return reasonWords('')
  if (own.length > 0) return reasonWords(first.text)
  if (others.length === 0) return `${reasonWords(first.text)} on ${where}${after(first.numbers)}`
  const texts = reasons.map(({text, numbers}) => `${reasonWords(text)}${numbers && ` (${numbers})`}`)
  return `${[...new Set(texts)].join(` ${link} `)} on ${where}`
}

function after(numbers: string): string {
  return numbers && `: ${numbers}`
}

/** Without the node; names that the text has stand in place of the words for all that are like it. */
function reasonWords(text: string): string {
  const {id, claim, words = '', inCase} = reasonOf(text)
  if (claim) return `a claim of the Pod is ${claim.state}`
  if (inCase?.said.test(text)) return inCase.words
  const driver = missingDriver(text)
  if (driver !== undefined) return `storage driver ${driver} is not installed`
  if (id === EXTENDED) return `not enough ${quoted(resourceIn(text))} is free`
  const taints = id === TAINTED_NODE ? toldTaints(text) : []
  const named = taints.map(({key, value}) => (value ? `${key}=${value}` : key))
  return taints.length > 0 ? `untolerated ${taintsText(named)}` : words
}

/** `taint a=b:NoSchedule is`. */
export function taintsText(taints: readonly (string | undefined)[]): string {
  const names = fewText(taints.map((taint) => taint ?? ''))
  return taints.length > 1 ? `taints ${names} are` : `taint ${names} is`
}
