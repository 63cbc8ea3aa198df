import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** Names the file in which each control plane that has ended leaves a line: the rights that the plugin used there. */
export const REQUEST_COUNTS = 'REQUEST_COUNTS'

/** Counts what the plugin asks of all control planes, and says it at the end. */
export function countRequests(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-stateful-counts-'))
  const file = join(folder, 'requests')
  writeFileSync(file, '')
  process.env[REQUEST_COUNTS] = file
  return () => {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    rmSync(folder, {recursive: true})
    if (lines.length > 0) console.log(sentence(lines.map((line) => JSON.parse(line))))
  }
}

function sentence(planes: readonly (readonly string[])[]): string {
  const all = planes.flat()
  const verbs = [...Map.groupBy(all, (each) => each.split(' ')[0])].toSorted()
  const counts = verbs.map(([verb, those]) => `${verb} ${those.length}`).join(', ')
  return `audit logs of ${planes.length} control planes: the plugin asked ${all.length} times (${counts}), and nothing else\n${[...new Set(all)].toSorted().join(', ')}`
}
