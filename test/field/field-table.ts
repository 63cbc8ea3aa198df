import {join} from 'node:path'
import {answerOf} from './field-answers.ts'
import {readCase} from './field-case.ts'

const HEAD = `# Public reports, rebuilt as files, and what every command says now

Each folder is one report of a stuck workload: \`cluster.yaml\` (rebuilt from its facts, with Kubernetes' own messages), \`case.yaml\` (what the truth was, what is asked, what must and must not be said) and \`answers.txt\` (all that is printed).
This table is written by \`npx vitest run --project plain test/field.test.ts -u\`.

| case | report | the truth | asked | named first now |
|---|---|---|---|---|
`

/** All cases in Markdown: one row each, with what each command names first. */
export async function tableOf(root: string, names: readonly string[]): Promise<string> {
  const rows: string[] = []
  for (const name of names) rows.push(await rowOf(root, name))
  return `${HEAD}${rows.join('\n')}\n`
}

async function rowOf(root: string, name: string): Promise<string> {
  const {report, truth, ask} = readCase(join(root, name))
  const answers = await Promise.all(ask.map((line) => answerOf(join(root, name), line)))
  const said = Map.groupBy(ask, (_, index) => {
    const {first, message} = answers[index] ?? {}
    return first === 'none' ? 'nothing above a note' : `\`${first}\`: ${message}`
  })
  const cells = [...said].map(([words, lines]) => (said.size === 1 ? words : `${lines.map(commandOf).join(', ')}: ${words}`))
  return [name, report, truth, ask.map(commandOf).join(', '), cells.join('<br>')].map(cell).join('|').replace(/.*/, '|$&|')
}

/** `why pod/db-0 -n shop` → `why pod/db-0`. */
function commandOf(line: string): string {
  return line.replace(/ -(n \S+|A)$/, '')
}

function cell(text: string): string {
  return ` ${text.replaceAll('|', '\\|').replaceAll('\n', ' ')} `
}
