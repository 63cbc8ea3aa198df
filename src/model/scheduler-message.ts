/** Why nodes do not fit; a reason without count is true of all of them. */
export interface SchedulerReason {
  readonly count: number | null
  readonly text: string
}

/** What the scheduler says of a Pod that it can't place. */
export interface SchedulerMessage {
  /** All nodes that the scheduler knows, not only those that the Pod may run on; null where it does not tell. */
  readonly nodes: number | null
  readonly reasons: readonly SchedulerReason[]
  /** What was tried afterwards (preemption, resource claims), part by part. */
  readonly post: readonly string[]
}

const HEAD = /^\s*0\/(\d+) nodes are available:\s*/
const PREEMPTION = /(?:^|[\s,])preemption: /

/**
 * The text of the condition PodScheduled, or of an event FailedScheduling. Mirrors FitError.Error in
 * pkg/scheduler/framework/types.go, all wordings of 1.20 to 1.37: a text of PreFilter, which has no count, or
 * `<count> <reason>` joined by commas, and then what PostFilter says. One node may have several reasons.
 */
export function schedulerMessage(text: string): SchedulerMessage {
  const head = HEAD.exec(text)
  const body = text.slice(head?.[0].length ?? 0)
  const cut = PREEMPTION.exec(body)?.index ?? body.length
  const sentences = body.slice(0, cut).split(/\.\s/).map(bare).filter(Boolean)
  const isReason = (sentence: string, index: number) => index === 0 || /^\d+ /.test(sentence)
  const others = sentences.filter((sentence, index) => !isReason(sentence, index))
  return {
    nodes: head ? Number(head[1]) : null,
    reasons: sentences.filter(isReason).flatMap(reasonsOf),
    post: [
      ...others,
      body
        .slice(cut)
        .replace(/^[\s,]+/, '')
        .trim(),
    ].filter(Boolean),
  }
}

/** Only a comma before a count divides: the taint text of 1.20 has a comma of its own. */
function reasonsOf(sentence: string): readonly SchedulerReason[] {
  return sentence.split(/, (?=\d+ )/).map((part) => {
    const [, count, text = part] = /^(\d+) (.+)$/s.exec(part) ?? []
    return {count: count === undefined ? null : Number(count), text}
  })
}

/** Without what joins sentences. No regular expression: a text of nothing but dots must not cost time. */
function bare(sentence: string): string {
  let [start, end] = [0, sentence.length]
  while (start < end && ' ,\n\t'.includes(sentence.charAt(start))) start++
  while (end > start && ' ,.\n\t'.includes(sentence.charAt(end - 1))) end--
  return sentence.slice(start, end)
}
