import type {Finding, Remedy} from './finding.ts'

/** A finding whose remedy can be copied as it is; the same one where it can already. */
export function pasteable(finding: Finding): Finding {
  const remedy = finding.remedy && pasteableRemedy(finding.remedy)
  return remedy === finding.remedy ? finding : {...finding, remedy}
}

/** Without the commands that can't be (`kubectl-command.ts`), nor those that would act without the look before; what is to be done is still said. */
export function pasteableRemedy(remedy: Remedy): Remedy {
  const {look} = remedy
  if (commandsOf(remedy).every(Boolean)) return remedy
  const isSeen = look.every(Boolean)
  const act = remedy.act
    .map(({text, commands}) => ({text, commands: isSeen && commands.every(Boolean) ? commands : []}))
    .filter(({text, commands}) => text !== '' || commands.length > 0)
  return {...remedy, look: look.filter(Boolean), act}
}

function commandsOf({look, act}: Remedy): readonly string[] {
  return [...look, ...act.flatMap(({commands}) => commands)]
}
