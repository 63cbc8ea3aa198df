import {join} from 'node:path'
import {runPlugin, type Terminal} from '../run-plugin.ts'
import {transcript, wordsOf} from '../transcript.ts'
import {askedOf, scenariosFolder} from './asked.ts'

/** Columns of a terminal so wide that nothing is wrapped. */
export const ENDLESS = 10_000

/** A question, and what a terminal shows of its answer. */
export interface Screen {
  readonly line: string
  readonly text: string
}

const drawn = new Map<string, Promise<readonly Screen[]>>()

/** Every question about a captured cluster on such a terminal; each is drawn once. */
export function screensOf(scenario: string, terminal: Terminal): Promise<readonly Screen[]> {
  const key = `${scenario} ${terminal.columns} ${terminal.isColored === true}`
  const before = drawn.get(key)
  if (before) return before
  const now = draw(scenario, terminal)
  drawn.set(key, now)
  return now
}

async function draw(scenario: string, terminal: Terminal): Promise<readonly Screen[]> {
  const screens: Screen[] = []
  for (const asked of await askedOf(scenario)) {
    const line = `$ kubectl stateful ${asked} -f cluster.yaml`
    const ran = await runPlugin(wordsOf(line), join(scenariosFolder, scenario), '', terminal)
    screens.push({line, text: transcript(line, ran)})
  }
  return screens
}

/** All of them, one after the other. */
export function asOne(screens: readonly Screen[]): string {
  return screens.map(({text}) => text).join('\n')
}
