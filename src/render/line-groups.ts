import type {Line} from './view.ts'

/** A sentence, and the commands that follow it. */
export interface Item {
  readonly line?: Line
  readonly commands: readonly string[]
}

/** Lines of one label: the one that has it, and those that go on from it. */
export function groupsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const groups: Line[][] = []
  for (const line of lines) {
    const group = groups.at(-1)
    if (group && line.label === '') group.push(line)
    else groups.push([line])
  }
  return groups
}

export function itemsOf(lines: readonly Line[]): readonly Item[] {
  const items: {line?: Line; commands: string[]}[] = []
  for (const line of lines) {
    const last = items.at(-1)
    if (!line.isCommand) items.push({line, commands: []})
    else if (last) last.commands.push(line.text)
    else items.push({commands: [line.text]})
  }
  return items
}
