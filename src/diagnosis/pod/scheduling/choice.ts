import type {Act, Remedy} from '../../finding.ts'

/** Ways that only a person can go: what to look at, then what to choose from, the gentlest first. */
export function choice(
  look: readonly string[],
  ways: readonly string[],
  {risk = '', avoid = ''}: Partial<Pick<Remedy, 'risk' | 'avoid'>> = {},
): Remedy & {readonly act: readonly Act[]} {
  return {look, act: ways.map((text) => ({text, commands: []})), risk, avoid, rung: 0}
}
