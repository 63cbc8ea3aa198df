import {join} from 'node:path'
import type * as Main from '../main.ts'
import {loaded, run} from './run.ts'
import {inFolder} from './stored.ts'

/** Runs one command line out of the bundle in `dist`; `root` is the folder of package.json. */
export function start(argv: readonly string[], root: string): Promise<void> {
  return run(argv, inFolder(join(root, 'dist')))
}

/** What `src/main.ts` exports, from the bundle in a folder. */
export function bundled(dist: string): typeof Main {
  return loaded(inFolder(dist))
}
