import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {root} from './bundle.ts'
import {own, platforms} from './package/platforms.ts'
import {packageInto} from './package/release.ts'

// `npm run package` makes the executable of this platform, `npm run package -- --all` those of all, each in its archive.
const out = join(root, 'packages')
const given = process.argv.slice(2)
const wanted = given.includes('--all') ? Object.keys(platforms) : given.length > 0 ? given : [own]
const unknown = wanted.find((name) => !Object.hasOwn(platforms, name))
if (unknown === undefined) {
  rmSync(out, {recursive: true, force: true})
  for (const {name, megabytes} of await packageInto(out, wanted))
    console.log(`packages/${name}: ${megabytes} MB`)
} else {
  console.error(`error: no platform "${unknown}": there are ${Object.keys(platforms).join(', ')}`)
  process.exitCode = 2
}
