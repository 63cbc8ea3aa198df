import {closeSync, openSync} from 'node:fs'
import {devNull} from 'node:os'
import type * as Main from '../main.ts'
import {type CodeCache, codeCache, NO_CACHE} from './code-cache.ts'
import {COMPLETE, kindOfRun} from './kind-of-run.ts'
import {packsIn} from './packs.ts'
import type {Stored} from './stored.ts'

/** Tells one build from all others; `scripts/build.ts` puts it in. */
declare const BUILD: string

/** Runs one command line out of the bundle. */
export async function run(argv: readonly string[], stored: Stored): Promise<void> {
  if (argv[0] === COMPLETE) beSilent()
  const cache = codeCache(stored.dist, BUILD, kindOfRun(argv))
  const outcome = await loaded(stored, cache).main(argv, stored.manifest)
  // a run that got no answer has not needed what answers are made with
  if (outcome !== 'unanswered') cache.save()
}

/**
 * Nobody answers while somebody types: what would ask or complain, such as a credential plugin, gets nothing to read and is not
 * heard. A file that is opened takes the place of the one that was closed.
 */
function beSilent(): void {
  try {
    for (const stream of [0, 2]) {
      closeSync(stream)
      openSync(devNull, 'r+')
    }
  } catch {
    // then it is heard
  }
}

/** What `src/main.ts` exports, from the bundle. */
export function loaded(stored: Stored, cache: CodeCache = NO_CACHE): typeof Main {
  return packsIn(stored, cache)('./main.js') as typeof Main
}
