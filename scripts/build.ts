import {mkdir, readFile, rm, writeFile} from 'node:fs/promises'
import {basename} from 'node:path'
import {Plugin} from '@oclif/core'
import {build} from 'esbuild'
import {complaints} from './audit.ts'
import {bundle, root, shape} from './bundle.ts'
import {bundledPackages} from './bundled-packages.ts'
import {notice} from './notice.ts'
import {packsOf} from './packs.ts'

const {metafile, outputFiles} = await bundle()
const inputs = Object.keys(metafile.inputs)
const lock = JSON.parse(await readFile(`${root}package-lock.json`, 'utf8'))
const wrong = complaints(bundledPackages(inputs, root), lock)
if (wrong.length > 0) throw new Error(wrong.join('\n'))
const packs = await packsOf(outputFiles, metafile)
const starts = await build({
  ...shape,
  entryPoints: ['src/start/start.ts', 'src/start/executable.ts'],
  format: 'cjs',
  outExtension: {'.js': '.cjs'},
  define: {BUILD: JSON.stringify(packs.build)},
})

await rm(`${root}dist`, {recursive: true, force: true})
await mkdir(`${root}dist`)
for (const [name, text] of packs.files) await writeFile(`${root}dist/${name}.cjs`, text)
for (const {path, text} of starts.outputFiles) await writeFile(`${root}dist/${basename(path)}`, text)
// where oclif finds the commands that it writes into its manifest
const commands = 'exports.commands=require("./start.cjs").bundled(__dirname).commands\n'
await writeFile(`${root}dist/commands.cjs`, commands)

const plugin = new Plugin({root, type: 'core', ignoreManifest: true, errorOnManifestCreate: true})
await plugin.load()
await writeFile(`${root}oclif.manifest.json`, `${JSON.stringify(plugin.manifest, null, 2)}\n`)
await writeFile(`${root}NOTICE`, notice(inputs, root))
