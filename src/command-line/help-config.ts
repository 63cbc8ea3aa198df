import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Config} from '@oclif/core/config'
import pkg from '../../package.json' with {type: 'json'}
import {versions} from './version.ts'

/**
 * All of oclif's configuration that its help looks at, out of package.json and the manifest beside it. oclif's own would look
 * for plugins, hooks and themes first, which takes as long as Node's own start.
 */
export function helpConfig(root: string): Config {
  const manifest = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))
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
