import type {Config} from '@oclif/core/config'
import pkg from '../../package.json' with {type: 'json'}
import {versions} from './version.ts'

/**
 * All of oclif's configuration that its help looks at, out of package.json and the text of its manifest. oclif's own would
 * look for plugins, hooks and themes first, which takes as long as Node's own start.
 */
export function helpConfig(text: string): Config {
  const manifest = JSON.parse(text)
  const commands: Readonly<Record<string, Config['commands'][number]>> = manifest.commands
  const {bin, topicSeparator} = pkg.oclif
  const config: Partial<Config> = {
    pjson: pkg as unknown as Config['pjson'],
    bin,
    topicSeparator: topicSeparator as ' ',
    userAgent: versions(),
    commands: Object.values(commands),
    commandIDs: Object.keys(commands),
    topics: [],
    plugins: new Map(),
    findCommand: ((id: string) => commands[id]) as Config['findCommand'],
  }
  return config as Config
}
