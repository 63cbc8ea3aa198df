/** Whether one version is older than another: numbers that grow (KEP-5504), longer than 53 bits maybe; of others nothing is known. */
export function isOlder(version: string | undefined, known: string | undefined): boolean {
  if (!isNumber(version) || !isNumber(known)) return false
  return version.length === known.length ? version < known : version.length < known.length
}

function isNumber(text: string | undefined): text is string {
  return /^[1-9]\d*$/.test(text ?? '')
}

/** Of so many objects it is remembered which of their changes was told last. */
const MOST = 10_000

/** Tells what is news: a server, or something in front of it, may tell a change twice, or after a later one. */
export interface News {
  /** Forgets all, for a list of that version has told everything up to it. */
  readonly begin: (version: string | undefined) => void
  /** Whether nothing as new has been told of that object, be it gone. */
  readonly isNew: (key: string, version: string | undefined) => boolean
}

export function createNews(): News {
  const told = new Map<string, string>()
  let listed: string | undefined
  return {
    begin: (version) => {
      told.clear()
      listed = version
    },
    isNew: (key, version) => {
      const known = told.get(key) ?? listed
      if (version !== undefined && (isOlder(version, known) || (version === known && isNumber(known))))
        return false
      told.delete(key)
      if (version !== undefined) told.set(key, version)
      if (told.size > MOST) told.delete(told.keys().next().value as string)
      return true
    },
  }
}
