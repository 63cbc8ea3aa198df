/** What shells make of lines that somebody copies and pastes. */
import {spawnSync} from 'node:child_process'
import {chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** Tells its words, each with a NUL behind it, and ends every call with a line of its own. */
const KUBECTL = `#!/bin/sh
{ printf '%s\\0' kubectl "$@"; printf '\\n'; } >> "$CALLS"
`

export const SHELLS = ['dash', 'bash'].filter((shell) => spawnSync(shell, ['-c', ':']).status === 0)

/** The calls of kubectl that a shell makes of these lines, pasted one after the other, and the files that were made besides. */
export function pasted(shell: string, lines: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'pasted-'))
  try {
    const [work, program] = [mkdtempSync(join(folder, 'work-')), join(folder, 'kubectl')]
    const calls = join(folder, 'calls')
    writeFileSync(program, KUBECTL)
    chmodSync(program, 0o755)
    const env = {PATH: `${folder}:${process.env.PATH ?? ''}`, CALLS: calls, HOME: work}
    const {stderr} = spawnSync(shell, [], {cwd: work, env, input: `${lines.join('\n')}\n`, encoding: 'utf8'})
    const told = existsSync(calls) ? readFileSync(calls, 'utf8').split('\0\n').slice(0, -1) : []
    return {calls: told.map((call) => call.split('\0')), made: readdirSync(work), stderr}
  } finally {
    rmSync(folder, {recursive: true})
  }
}
