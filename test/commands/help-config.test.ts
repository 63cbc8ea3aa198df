import {join} from 'node:path'
import {Config} from '@oclif/core/config'
import * as help from '@oclif/core/help'
import {expect, test} from 'vitest'
import {helpPages} from '../../src/command-line/help-pages.ts'
import {commands} from '../../src/commands/index.ts'
import {runPlugin} from '../run-plugin.ts'

const root = join(import.meta.dirname, '../..')

/** What oclif would print with its own configuration. */
async function printed(command: string | undefined): Promise<string> {
  let text = ''
  const Pages = class extends helpPages(help) {
    protected override log(...lines: string[]) {
      text += `${lines.join(' ')}\n`
    }
  }
  await new Pages(await Config.load(root)).showHelp(command === undefined ? [] : [command])
  return text
}

test.for([undefined, ...Object.keys(commands)])(
  'help of %s is what it is with all of oclif',
  async (command) => {
    const {stdout} = await runPlugin(['help', ...(command === undefined ? [] : [command])], '/')
    expect(stdout).toBe(await printed(command))
  },
)
