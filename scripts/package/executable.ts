import {execFileSync} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {root} from '../bundle.ts'

/** What a single executable application is made of (Node's documentation has the fields). */
export function seaConfig(node: string, output: string): object {
  return {
    main: join(root, 'dist/executable.cjs'),
    executable: node,
    output,
    disableExperimentalSEAWarning: true,
    // of the machine that it is made on; src/start/code-cache.ts keeps that of the one that it runs on
    useCodeCache: false,
    // nobody's NODE_OPTIONS
    execArgvExtension: 'none',
    // new objects get 4 MB before they are gone through, where Node gives 32: less memory, in the same time (docs/speed.md)
    execArgv: ['--max-semi-space-size=2'],
    assets: assets(),
  }
}

/** `src/start/executable.ts` asks for them by these names. */
function assets(): Readonly<Record<string, string>> {
  const ofFolder = new Set(['start.cjs', 'commands.cjs', 'executable.cjs'])
  const packs = readdirSync(join(root, 'dist')).filter((file) => file.endsWith('.cjs') && !ofFolder.has(file))
  return {
    ...Object.fromEntries(packs.toSorted().map((file) => [file, join(root, 'dist', file)])),
    'oclif.manifest.json': join(root, 'oclif.manifest.json'),
  }
}

/** The executable that is what `dist` is, in a Node for any platform. The same goes in, the same bytes come out. */
export function executableOf(node: Buffer): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-stateful-executable-'))
  const [from, to, config] = ['node', 'kubectl-stateful', 'sea.json'].map((each) => join(folder, each)) as [
    string,
    string,
    string,
  ]
  try {
    writeFileSync(from, node, {mode: 0o755})
    writeFileSync(config, JSON.stringify(seaConfig(from, to)))
    execFileSync(process.execPath, ['--build-sea', config], {stdio: ['ignore', 'ignore', 'inherit']})
    return readFileSync(to)
  } finally {
    rmSync(folder, {recursive: true})
  }
}
