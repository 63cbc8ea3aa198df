const [HEAD, TAIL] = ['kanarie', 'eiranak'] as const

/** A secret that is known by its beginning and by its end, so that a part of it is found as well. */
export function planted(what: string): string {
  return `${HEAD}-${what}-7f3a9c-${TAIL}`
}

/** Parts of planted secrets in a text, as they are, or as an encoding of a header or a URL has them. */
export function leaksIn(text: string): readonly string[] {
  const encoded = text.match(/[\w+/-]{16,}={0,2}/g) ?? []
  const decoded = encoded.flatMap((word) => [0, 1, 2, 3].map((start) => fromBase64(word.slice(start))))
  return [text, ...decoded].flatMap((each) => each.match(/.{0,20}(?:kanarie|eiranak).{0,20}/g) ?? [])
}

function fromBase64(word: string): string {
  return Buffer.from(word, 'base64').toString('latin1')
}
