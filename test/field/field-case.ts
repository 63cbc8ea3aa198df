import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {load} from 'js-yaml'

/** A public report of a stuck workload, rebuilt as a cluster (`test/README.md`). */
export interface FieldCase {
  /** Where it was told. */
  readonly report: string
  readonly truth: string
  /** What its operator would ask: a command without the files. */
  readonly ask: readonly string[]
  /** Id of the cause that each command must name first; `none`: nothing above a note. */
  readonly first: string
  /** Commands of which `first` is another, or `-` where they show no findings. */
  readonly but?: Readonly<Record<string, string>>
  /** What must stand in the answers: in all, or in those of the commands that begin with the words before `: `. */
  readonly says?: readonly Words[]
  /** What must stand in no answer. */
  readonly never?: readonly string[]
}

type Words = string | Readonly<Record<string, string>>

export function readCase(folder: string): FieldCase {
  return load(readFileSync(join(folder, 'case.yaml'), 'utf8')) as FieldCase
}

/** The id that this command must name first. */
export function firstOf({first, but}: FieldCase, line: string): string {
  return but?.[line] ?? first
}

/** What the answer to this command must say. */
export function wordsFor({says = []}: FieldCase, line: string): readonly string[] {
  return says.flatMap((words) =>
    typeof words === 'string'
      ? [words]
      : Object.entries(words).flatMap(([command, text]) => (line.startsWith(command) ? [text] : [])),
  )
}
