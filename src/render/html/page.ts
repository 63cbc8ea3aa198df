import type {Surroundings} from '../markdown.ts'
import {EMPTY, html, Markup} from './markup.ts'
import {STYLE, STYLE_HASH} from './style.ts'

/** A browser takes this style and nothing else, from wherever: no script, picture, font, frame or form. */
const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'`

/** What a page says of its report besides the answer. */
export interface Known {
  readonly server?: {readonly version: string}
  readonly omissions?: readonly {
    readonly resource: string
    readonly reason: string
    readonly message: string
  }[]
}

/** One file that needs no other: what was asked and when, what could not be seen, and the answer. */
export function* pageOf(
  {title, before, after, errors = []}: Surroundings,
  known: Known,
  main: Iterable<Markup>,
): Generator<Markup> {
  yield new Markup('<!doctype html>')
  yield html`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">`
  yield html`<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">`
  yield html`<title>${title}</title><style>${new Markup(STYLE)}</style></head>`
  yield html`<body><header><h1>${title}</h1>`
  yield html`<p>${before[0] ?? ''} ${known.omissions ? serverText(known) : ''}</p>`
  for (const text of [...before.slice(1), ...errors]) yield html`<p class="error">${text}</p>`
  yield* unseen(after, known)
  yield html`</header>`
  yield* main
  yield html`<footer><p>Drawn by kubectl stateful, which only reads: nothing was changed.</p></footer></body></html>`
}

function serverText({server}: Known): string {
  return `Version of the server: ${server?.version ?? '<unknown>'}.`
}

/** In one sentence, and each kind with what the server said. */
function* unseen(after: readonly string[], {omissions = []}: Known): Generator<Markup> {
  for (const text of after) yield html`<p class="warn">${text}</p>`
  if (omissions.length === 0) return
  yield html`<details><summary>${omissions.length} ${omissions.length === 1 ? 'reason' : 'reasons'} for what is &lt;unknown&gt;</summary><ul>`
  for (const {resource, reason, message} of omissions)
    yield html`<li>${resource}: ${reason}${message ? html`: ${message}` : EMPTY}</li>`
  yield html`</ul></details>`
}
