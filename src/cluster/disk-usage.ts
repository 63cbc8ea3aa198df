import {listed} from '../model/listed.ts'
import type {Omission} from '../model/snapshot.ts'
import type {ClaimUsage, UsageNeed} from '../model/usage.ts'
import type {Connection} from './connection.ts'
import {AnswerError} from './errors.ts'
import {detailOf, reasonOf} from './refusal-words.ts'
import {measuredIn} from './summary-figures.ts'

/** So many kubelets are asked at a time. */
const AT_A_TIME = 16
/** A node of 250 Pods answers with a megabyte or two. */
const MOST_BYTES = 8 << 20
/** The API server asks the kubelet, and waits long for one that is gone. */
const PATIENCE_SECONDS = 5
/** All of them together: a zone that is down must not keep us for minutes. */
const ALTOGETHER_SECONDS = 60

const USAGE_RESOURCE = 'nodes/proxy'

/** What kubelets have measured, and which of them did not tell. */
interface Measured {
  readonly usage: readonly ClaimUsage[]
  readonly omissions: readonly Omission[]
}

/** Asks the kubelets of these nodes what is on the disks of these Pods' claims, by way of the API server: one request a node. */
export async function diskUsage(
  connection: Connection,
  needs: readonly UsageNeed[],
  onProgress: (text: string) => void = () => {},
  seconds = {each: PATIENCE_SECONDS, all: ALTOGETHER_SECONDS},
): Promise<Measured> {
  const all = AbortSignal.timeout(seconds.all * 1000)
  const answers: (readonly ClaimUsage[] | Refusal)[] = []
  const waiting = [...needs.entries()]
  let [told, refused] = [0, 0]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, need] = next
      const answer = await measured(connection, need, all, seconds.each)
      answers[index] = answer
      refused += Number(isForbidden(answer))
      // whom none of the first ones lets ask, asks no more
      if (++told >= AT_A_TIME && refused === told) waiting.length = 0
      onProgress(`Asking kubelets ${told} of ${needs.length}`)
    }
  }
  await Promise.all(Array.from({length: Math.min(AT_A_TIME, needs.length)}, work))
  const known = answers.filter((answer) => answer !== undefined)
  const refusals = known.filter((answer) => 'reason' in answer)
  return {
    usage: known.flatMap((answer) => ('reason' in answer ? [] : answer)),
    omissions: omissionsOf(refusals, refused === told),
  }
}

/** By the API server, or by the kubelet itself: a right may be given for some nodes alone. */
function isForbidden(answer: readonly ClaimUsage[] | Refusal): boolean {
  return 'reason' in answer && answer.reason === 'Forbidden'
}

interface Refusal extends Omission {
  readonly nodeName: string
}

async function measured(
  connection: Connection,
  need: UsageNeed,
  all: AbortSignal,
  patience: number,
): Promise<readonly ClaimUsage[] | Refusal> {
  const {nodeName} = need
  const late = AbortSignal.any([all, AbortSignal.timeout(patience * 1000)])
  try {
    return measuredIn(await connection.summary(nodeName, MOST_BYTES, late), need)
  } catch (error) {
    const refusal = {resource: USAGE_RESOURCE, nodeName}
    if (late.aborted) return {...refusal, reason: 'Timeout', message: 'no answer in time'}
    if (error instanceof AnswerError) return {...refusal, reason: reasonOf(error), message: detailOf(error)}
    throw error
  }
}

/** So many names are read. */
const FEW = 3

/** One for each reason; that one may not ask anybody is true of all nodes alike. */
function omissionsOf(refusals: readonly Refusal[], mayAskNobody: boolean): readonly Omission[] {
  return [...Map.groupBy(refusals, ({reason}) => reason)].flatMap(([reason, [first, ...others]]) => {
    if (!first) return []
    const {resource, message} = first
    if (mayAskNobody && reason === 'Forbidden') return [{resource, reason, message}]
    return [{resource, reason, message: `${named([first, ...others])}: ${message}`}]
  })
}

function named(refusals: readonly Refusal[]): string {
  return listed(
    refusals.map(({nodeName}) => nodeName),
    FEW,
  )
}
