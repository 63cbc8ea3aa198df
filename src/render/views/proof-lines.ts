import {LABEL_WIDTH} from '../lines.ts'
import type {Line, TextOptions} from '../view.ts'
import {characters, fitting, widthOf} from '../width.ts'
import {GAP, type Said, unsaid} from './echo.ts'

const FEW = 3
const ROOMY = 100
/** Of a proof whose middle is left out this share is its end. */
const TAIL = 0.5

type Room = Partial<Pick<TextOptions, 'width' | 'isWide'>>

/** One proof a line, without what was said before; on a terminal the first few. */
export function proofLines(evidence: readonly string[], options: Room, said: Said): readonly Line[] {
  // short ones are no sentences, and are remembered whole
  const proofs = [...new Set(evidence)].filter((text) => !said.has(whole(text)))
  for (const text of proofs) said.add(whole(text))
  const {width, isWide} = options
  const isWhole = width === undefined || isWide || proofs.length <= FEW
  const shown = isWhole ? proofs : proofs.slice(0, FEW)
  const rest = isWhole ? [] : [`and ${proofs.length - FEW} more; -o wide shows all`]
  const texts = shown.map((text) => unsaid(text, said)).filter((text) => text !== GAP)
  return [...texts.map((text) => brief(text, options)), ...rest].map((text, index) => ({
    label: index === 0 ? 'Proof' : '',
    text,
  }))
}

function whole(text: string): string {
  return `=${text}`
}

/** On a narrow terminal a proof has one row, on a wider one two; what happened stands at its end, and who says so at its beginning. */
function brief(text: string, {width, isWide}: Room): string {
  if (width === undefined || isWide) return text
  const room = (width - LABEL_WIDTH) * (width < ROOMY ? 1 : 2)
  if (widthOf(text) <= room) return text
  const letters = characters(text)
  const tail = Math.floor(room * TAIL)
  const end = fitting(letters.toReversed(), tail).toReversed()
  return `${fitting(letters, room - tail - 3)
    .join('')
    .trimEnd()} … ${end.join('').trimStart()}`
}
