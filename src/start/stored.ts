import {readFileSync} from 'node:fs'
import {join} from 'node:path'

/** What `scripts/build.ts` has made, wherever it lies. */
export interface Stored {
  /** Text of a file of `dist`; all that is not ASCII is escaped in it. */
  readonly pack: (name: string) => string
  /** The file's name in stack traces. */
  readonly pathOf: (pack: string) => string
  /** Text of oclif.manifest.json. */
  readonly manifest: () => string
  /** Folder in which compiled code may be kept: none where the code lies in an executable. */
  readonly dist?: string
}

/** In the folder `dist` of a package. */
export function inFolder(dist: string): Stored {
  const pathOf = (pack: string) => join(dist, `${pack}.cjs`)
  return {
    pack: (name) => readFileSync(pathOf(name), 'latin1'),
    pathOf,
    manifest: () => readFileSync(join(dist, '../oclif.manifest.json'), 'utf8'),
    dist,
  }
}
