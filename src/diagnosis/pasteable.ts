import type {Finding, Remedy} from './finding.ts'

/** Without the commands that can't be (`kubectl-command.ts`), nor those that would act without the look before; what is to be done is still said. */
export function pasteable(finding: Finding): Finding {
  const {remedy} = finding
  if (!remedy || commandsOf(remedy).every(Boolean)) return finding
  const isSeen = remedy.look.every(Boolean)
  const act = remedy.act
    .map(({text, commands}) => ({text, commands: isSeen && commands.every(Boolean) ? commands : []}))
    .filter(({text, commands}) => text !== '' || commands.length > 0)
  return {...finding, remedy: {...remedy, look: remedy.look.filter(Boolean), act}}
}

function commandsOf({look, act}: Remedy): readonly string[] {
  return [...look, ...act.flatMap(({commands}) => commands)]
}
