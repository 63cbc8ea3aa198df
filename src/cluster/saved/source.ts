/** One file, wherever it is. */
export interface Source {
  readonly name: string
  /** Where it is in its folder or archive, which tells what it may hold. */
  readonly path: string
  /** It was given by its name: then it has to be of use. */
  readonly isGiven: boolean
  readonly bytes: AsyncIterable<Uint8Array>
}
