/** Worked out when it is asked for first, and then known. */
export function lazily<T>(make: () => T): () => T {
  let known: {readonly value: T} | undefined
  return () => {
    known ??= {value: make()}
    return known.value
  }
}

/** The last object of each key. */
export function indexed<T>(objects: readonly T[], key: (object: T) => string): ReadonlyMap<string, T> {
  const index = new Map<string, T>()
  for (const object of objects) index.set(key(object), object)
  return index
}

/** Objects by their key, in their order; one without a key is left out. */
export function grouped<T>(
  objects: readonly T[],
  key: (object: T) => string | undefined,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const object of objects) add(groups, key(object), object)
  return groups
}

/** The same for objects that have several keys. */
export function groupedByEach<T>(
  objects: readonly T[],
  keys: (object: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const object of objects) for (const key of keys(object)) add(groups, key, object)
  return groups
}

function add<T>(groups: Map<string, T[]>, key: string | undefined, object: T): void {
  if (key === undefined) return
  const members = groups.get(key)
  if (members) members.push(object)
  else groups.set(key, [object])
}
