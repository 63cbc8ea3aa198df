import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import pkg from '../package.json' with {type: 'json'}
import {root} from './bundle.ts'
import {NODE_VERSION, own, platforms} from './package/platforms.ts'
import {complaintsOf} from './package/ready.ts'
import {HOME, packageInto} from './package/release.ts'
import {bundledIn, sbomOf} from './package/sbom.ts'

// `npm run release -- --dry-run` makes all that a release has, for this platform; without it, all platforms, and only when the
// version, the changelog and the repository are those of the tag that GITHUB_REF_NAME names. Nothing is ever sent from here.
const out = join(root, 'packages')
const isDry = process.argv.includes('--dry-run')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const npm = (...args: string[]) =>
  execFileSync('npm', args, {cwd: root, encoding: 'utf8', maxBuffer: 1 << 28})

const {GITHUB_REF_NAME: tag, GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository} = process.env
const forge = server && repository ? `${server}/${repository}` : undefined
const complaints = complaintsOf({pkg, changelog: read('CHANGELOG.md'), tag, forge})
for (const each of complaints) console.error(`${isDry ? 'not yet' : 'error'}: ${each}`)
if (complaints.length > 0 && !isDry) process.exit(1)

rmSync(out, {recursive: true, force: true})
await packageInto(out, isDry ? [own] : Object.keys(platforms))
npm('pack', '--ignore-scripts', `--pack-destination=${out}`)
const sbom = sbomOf(
  JSON.parse(npm('sbom', '--sbom-format=cyclonedx')),
  bundledIn(read('NOTICE')),
  NODE_VERSION,
)
writeFileSync(join(out, 'sbom.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`)

const released = readdirSync(out).filter((name) => !/^(checksums\.txt|kubectl-stateful(\.exe)?)$/.test(name))
const sum = (name: string) =>
  createHash('sha256')
    .update(readFileSync(join(out, name)))
    .digest('hex')
writeFileSync(join(out, 'checksums.txt'), released.map((name) => `${sum(name)}  ${name}\n`).join(''))
console.log(
  `packages/ holds ${isDry ? 'a dry run of ' : ''}v${pkg.version} for ${HOME}:\n${released.join('\n')}\nchecksums.txt`,
)
