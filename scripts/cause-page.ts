import type {causes} from '../src/diagnosis/causes.ts'
import type {CauseId} from '../src/diagnosis/order.ts'
import {capitalised, headingLink} from './markdown.ts'

type Cause = (typeof causes)[CauseId]

/** The paragraphs of a cause's page; `heading`: that of its section in docs/causes.md. */
export function causePage(id: CauseId, cause: Cause, heading: string): readonly string[] {
  const {title, applies, sign, remedy, risk, riskWhen, avoid, unseen} = cause
  return [
    `# ${id}`,
    `**${capitalised(title)}.** ${applies.join(', ')}.`,
    `**Sign:** ${sign}`,
    `**What helps:** ${remedy}`,
    ...(risk ? [`**Risk:** ${sentence(risk)}${riskWhen ? ` Only when ${riskWhen}.` : ''}`] : []),
    ...(avoid ? [`**Don't:** ${sentence(avoid)}`] : []),
    ...(unseen ? [`**Not reported:** ${unseen}`] : []),
    `In a terminal: \`kubectl stateful explain ${id}\``,
    ['How to read a finding', 'What a remedy may cost', heading]
      .map((each) => headingLink(each, '../causes.md'))
      .join(' · '),
  ]
}

/** A text as findings print it, as a sentence. */
function sentence(text: string): string {
  return `${capitalised(text)}.`
}
