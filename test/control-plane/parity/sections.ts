import type {Section} from './row.ts'
import {contextRows} from './rows/contexts.ts'
import {errorRows} from './rows/errors.ts'
import {fileRows} from './rows/files.ts'
import {globalFlagRows} from './rows/global-flags.ts'
import {nameRows} from './rows/names.ts'
import {pluginRows} from './rows/plugins.ts'
import {proxyRows} from './rows/proxies.ts'
import {timeoutRows} from './rows/timeouts.ts'
import {tlsRows} from './rows/tls.ts'
import {userRows} from './rows/users.ts'

/** The table, by section. */
export const sections: readonly Section[] = [
  ['files', fileRows],
  ['contexts', contextRows],
  ['tls', tlsRows],
  ['proxies', proxyRows],
  ['users', userRows],
  ['plugins', pluginRows],
  ['names', nameRows],
  ['timeouts', timeoutRows],
  ['global flags', globalFlagRows],
  ['errors', errorRows],
]
