import type {Act, Finding} from '../../src/diagnosis/finding.ts'

/** What changes nothing, and shows what a diagnosis may be wrong about. */
const LOOKS = /^kubectl (get|describe|logs|rollout history) /
/** Of a command that is in a text. */
const ACTS = /kubectl (?!get |describe |logs |rollout history )[a-z]/

export function looks(command: string): boolean {
  return LOOKS.test(command)
}

/** Whether a command that changes something stands in the middle of a text. */
export function hidesCommand(text: string): boolean {
  return ACTS.test(text)
}

type Given = Pick<Finding, 'remedy'> | undefined

export function lookOf(finding: Given): readonly string[] {
  return finding?.remedy?.look ?? []
}

export function actsOf(finding: Given): readonly Act[] {
  return finding?.remedy?.act ?? []
}

/** All commands, in the order in which they are printed. */
export function commandsOf(finding: Given): readonly string[] {
  return [...lookOf(finding), ...actsOf(finding).flatMap(({commands}) => commands)]
}

/** What is to be done, in words. */
export function adviceOf(finding: Given): string {
  return actsOf(finding)
    .map(({text}) => text)
    .join('; ')
}

export function riskOf(finding: Given): string {
  return finding?.remedy?.risk ?? ''
}

export function avoidOf(finding: Given): string {
  return finding?.remedy?.avoid ?? ''
}
