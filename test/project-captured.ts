import {glob} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {projectCaptured} from './captured-file.ts'

/**
 * Writes all captured clusters again with what is kept today, after a change of `src/model/kept/`: what was dropped
 * before does not come back by this, only by `causes:capture` and `scenarios:capture`.
 */
const COMMANDS = {
  'causes/captured/*.yaml': (file: string) => `npm run causes:capture -- ${basename(file, '.yaml')}`,
  'scenarios/*/cluster.yaml': (file: string) => `npm run scenarios:capture -- ${basename(dirname(file))}`,
}

for (const [pattern, by] of Object.entries(COMMANDS)) {
  for await (const name of glob(pattern, {cwd: import.meta.dirname})) {
    const file = join(import.meta.dirname, name)
    if (await projectCaptured(file, by(file))) console.log(name)
  }
}
