/** Names as the API takes them, joined by commas, behind a type or not: `db-0`, `ds/agent`, `clusterpolicies,policies`. */
const NAME = /^[a-z0-9](?:[a-z0-9.,/-]*[a-z0-9])?$/
/** The type of an owner is told as it tells it: `Kafka.v1beta2.kafka.strimzi.io`. */
const TYPE = /^[A-Za-z][A-Za-z0-9.-]*$/
/** Labels and taints; what is taken away has a hyphen at its end: `app=web,tier=`, `example.com/key:NoSchedule-`. */
const LABELS = /^[A-Za-z0-9][A-Za-z0-9_.,/=:-]*$/
/** Objects in JSON, made of such. */
const JSON_TEXT = /^[[{][A-Za-z0-9_.,/=:~%{}[\]"+-]*[\]}]$/
/** No name is longer; several of them are. */
const MOST_LETTERS = 2000

/** Verbs that are given labels beside names. */
const ABOUT_LABELS: ReadonlySet<string | undefined> = new Set(['label', 'taint', 'annotate', 'set'])

type IsRight = (after: string | undefined, index: number, words: readonly string[]) => boolean

/** The flags that our commands are made of, each with where it stands, so that a name that is called like one is none. */
const FLAGS: Readonly<Record<string, IsRight>> = {
  '-n': (after) => isName(after),
  '-o': (after) => after === 'yaml' || after === 'wide',
  '-l': isPairs,
  '-L': (after) => after !== undefined && LABELS.test(after),
  '--field-selector': isPairs,
  '-A': (_, index, [, type]) => index === 2 && (type === 'pods' || type === 'ds'),
  '-p': (after, _, [verb]) =>
    verb === 'logs' ? after === undefined : after !== undefined && JSON_TEXT.test(after),
  '--type=json': (after, _, [verb]) => verb === 'patch' && after === '-p',
  '--overwrite': (after, _, [verb]) => ABOUT_LABELS.has(verb) && after !== undefined && LABELS.test(after),
  '--ignore-daemonsets': (after, _, [verb]) => verb === 'drain' && after === undefined,
  '--clusterip=None': (after, _, [verb]) => verb === 'create' && after === undefined,
}

const WITH_VALUE: ReadonlySet<string | undefined> = new Set([
  '-n',
  '-o',
  '-l',
  '-L',
  '--field-selector',
  '-p',
])

function isName(word: string | undefined): boolean {
  return word !== undefined && NAME.test(word)
}

function isPairs(word: string | undefined): boolean {
  return word?.includes('=') === true && LABELS.test(word)
}

/**
 * A kubectl command to copy. Empty where one of its words is nothing that the API could have stored, as names in files may be:
 * then nothing can be done with it by a command, and no shell and no kubectl is to make something else of it. `pasteable.ts` frees
 * remedies of what is empty.
 */
export function kubectl(...given: readonly (string | null | undefined)[]): string {
  const words = given.map((word) => word ?? '')
  return isOnce(words) && words.every(isRight) ? ['kubectl', ...words].map(quote).join(' ') : ''
}

/** Each flag stands there once; names may be alike. */
function isOnce(words: readonly string[]): boolean {
  const flags = words.filter((word) => word.startsWith('-'))
  return new Set(flags).size === flags.length
}

function isRight(word: string, index: number, words: readonly string[]): boolean {
  if (word.length > MOST_LETTERS) return false
  if (word.startsWith('-'))
    return Object.hasOwn(FLAGS, word) && FLAGS[word]?.(words[index + 1], index, words) === true
  // its flag has looked at it
  if (WITH_VALUE.has(words[index - 1])) return true
  return isName(word) || (index === 1 && TYPE.test(word)) || (ABOUT_LABELS.has(words[0]) && LABELS.test(word))
}

const SAFE = /^[A-Za-z0-9_@%+=:,./-]+$/

/** None of the words that are allowed has a quote in it. */
function quote(word: string): string {
  return SAFE.test(word) ? word : `'${word}'`
}
