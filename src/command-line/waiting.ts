import {AnswerError} from '../cluster/errors.ts'
import {clean} from '../model/clean.ts'
import type {Relate} from '../model/relations.ts'
import {isBroken} from '../model/snapshot.ts'
import {onDemand} from '../render/blocks.ts'
import {loadDrawing} from '../render/index.ts'
import {textBlocks} from '../render/text.ts'
import type {TextOptions} from '../render/view.ts'
import type {ReportHeader} from '../reports/report.ts'
import {type Inquiry, reportOf, type Wait} from './answering.ts'
import {changes, type Frame} from './display.ts'
import type {Outcome} from './exit-status.ts'
import {omissionsNote, wrongNote} from './omissions-note.ts'
import {writeLines} from './output.ts'
import {answerLines, nothingFound, optionsOf, print} from './printing.ts'
import type {Facts} from './reading.ts'
import {note} from './session.ts'
import {addToStepSummary} from './step-summary.ts'
import {type Watched, watch} from './watching.ts'

/** Outcome of a question that is answered until somebody quits or, where somebody waits, the wait is over. */
export async function watchOrWait<Report extends ReportHeader<string>>(
  inquiry: Inquiry<Report>,
  relate?: Relate,
): Promise<Outcome> {
  const {answering, request, opening, style} = inquiry
  const wait = answering.watch?.wait
  const drawing = process.stdout.isTTY ? await loadDrawing() : {}
  const watched = await watch(request, answering.question, {
    ...(opening && {opening}),
    frameOf: (facts) => frameOf(facts, inquiry, drawing),
    ...(relate && {relate}),
    ...(wait && {timeout: wait.timeout?.milliseconds ?? 0, isSilent: isForPrograms(style.format)}),
  })
  if (wait) return await waited(watched, wait, inquiry)
  return watched.end === 'interrupt' ? 'interrupted' : 'answered'
}

function nothingRead(time: string | undefined, trouble: string | undefined): string {
  return `error: nothing could be read in ${time}${trouble ? `: ${trouble.replace(/^error: /, '')}` : ''}`
}

/** `-o name` as well: it can't be kept up to date. */
function isForPrograms(format: string): boolean {
  return format !== 'table' && format !== 'wide'
}

function frameOf<Report extends ReportHeader<string>>(
  facts: Facts,
  inquiry: Inquiry<Report>,
  drawing: Pick<TextOptions, 'draw'>,
): Frame {
  const {question, sections, changing, vague, watch} = inquiry.answering
  const report = reportOf(facts, inquiry)
  const options = optionsOf(report, inquiry)
  const blocksOf = (how: TextOptions) => textBlocks(sections(report, how), how)
  const verdict = watch?.wait?.judge(report, facts.scope)
  const omitted = omissionsNote(report.omissions)
  // what is only out of reach comes again, and is spoken of when it does not
  const refused = omissionsNote(report.omissions.filter((each) => !isBroken(each)))
  const wrong = wrongNote(report.omissions)
  let lines: Frame['changing'] | undefined
  return {
    observedAt: report.observedAt,
    lines: (width) =>
      onDemand([
        ...(question.names(report).length === 0 ? [nothingFound(facts.scope)] : []),
        ...blocksOf({...options, ...(width !== undefined && {width, ...drawing})}),
        ...(omitted ? ['', omitted] : []),
        ...(wrong ? [wrong] : []),
      ]),
    // a terminal never asks for it
    get changing() {
      lines ??= changing?.(report) ?? new Map()
      return lines
    },
    ...((refused || wrong) && {omitted: [refused, wrong].filter(Boolean).join('; ')}),
    ...(vague && {vague: vague(report)}),
    unseen: facts.snapshot.omissions.map(({resource}) => resource),
    ...(verdict && {verdict}),
  }
}

async function waited<Report extends ReportHeader<string>>(
  watched: Watched,
  {timeout}: Wait<Report>,
  inquiry: Inquiry<Report>,
): Promise<Outcome> {
  const {end, facts, frame, trouble} = watched
  // whoever quits a wait has not seen it succeed
  if (end === 'quit' || end === 'interrupt') return 'interrupted'
  if (!facts || !frame?.verdict) throw new AnswerError(nothingRead(timeout?.text, trouble))
  const {isGood, words} = frame.verdict
  const lastWords = `${end === 'timeout' ? `timed out after ${timeout?.text}: ` : ''}${clean(words)}`
  if (isForPrograms(inquiry.style.format)) await print(reportOf(facts, inquiry), facts, inquiry)
  else if (!isGood && !process.stdout.isTTY && hasChanged(watched)) {
    await writeLines(['', ...frame.lines(undefined).slice()], process.stdout)
  }
  await summarize(facts, inquiry, isGood ? undefined : lastWords)
  if (isGood) return 'answered'
  note(`error: ${lastWords}`)
  return 'bad'
}

/** A pipeline shows its summary to people who have not seen the command run. */
async function summarize<Report extends ReportHeader<string>>(
  facts: Facts,
  inquiry: Inquiry<Report>,
  lastWords: string | undefined,
): Promise<void> {
  const {GITHUB_STEP_SUMMARY: file} = process.env
  if (!file) return
  const lines = await answerLines(reportOf(facts, inquiry), inquiry, {format: 'markdown', lastWords})
  const trouble = await addToStepSummary(lines, file)
  if (trouble) note(trouble)
}

/** On a pipe the first answer has been printed in full. */
function hasChanged({first, frame}: Watched): boolean {
  return changes(first?.changing ?? new Map(), frame?.changing ?? new Map()).length > 0
}
