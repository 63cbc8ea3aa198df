import type {Act, Remedy} from '../../diagnosis/finding.ts'
import type {Line, Tone} from '../view.ts'
import {GAP, type Said, unsaid} from './echo.ts'

/** Look, Act, Risk and Don't: what changes nothing first, unless it was said before, and the condition before each command. */
export function remedyLines(given: Remedy | null, others: number, said: Said): readonly Line[] {
  if (!given) return []
  const {look: all, act, risk, avoid, rung} = given
  const look = all.filter((command) => !said.has(command))
  for (const command of look) said.add(command)
  const likewise = others > 0 && rung > 0 ? [{label: '', text: 'and likewise for each of the others'}] : []
  return [
    ...look.map((text, index) => commandLine(index === 0 ? 'Look' : '', text)),
    ...act.flatMap((way, index) => actLines(unsaidWay(way, said), index, act.length)),
    ...likewise,
    ...(risk
      ? [{label: rung > 1 ? `Risk ${rung}/6` : 'Risk', tone: 'warn' as const, text: once(risk, said)}]
      : []),
    ...(avoid ? [{label: "Don't", tone: 'error' as const, text: once(avoid, said)}] : []),
  ]
}

/** What was said of another object in the same words is not said again. */
function once(text: string, said: Said): string {
  const rest = unsaid(text, said)
  return rest === GAP ? 'as above' : rest.replace(/^… /, 'as above; ')
}

/** A command is printed once, however many ways and findings lead to it. */
function unsaidWay({text, commands}: Act, said: Said): Act {
  const left = commands.filter((command) => !said.has(command))
  for (const command of left) said.add(command)
  return {text: once(text, said), commands: left}
}

/** Numbered where there is a choice; a command has a line to itself, to be copied whole. */
function actLines({text, commands}: Act, index: number, count: number): readonly Line[] {
  const number = count > 1 ? `${index + 1}. ` : ''
  const label = index === 0 ? 'Act' : ''
  const said = text || number ? [{label, tone: 'strong' as const, text: (number + text).trim()}] : []
  return [
    ...said,
    ...commands.map((command, at) => commandLine(said.length + at > 0 ? '' : label, command, 'strong')),
  ]
}

function commandLine(label: string, text: string, tone?: Tone): Line {
  return {label, tone, text, isCommand: true, textTone: 'command'}
}
