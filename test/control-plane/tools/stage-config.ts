import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {dump, load} from 'js-yaml'
import type {Layout} from './layout.ts'

interface Stage {
  readonly spec: {
    readonly selector: {readonly matchExpressions: readonly {readonly key: string}[]}
    readonly steps: readonly Step[]
  }
}

interface Template {
  readonly template: string
}

interface Step {
  readonly patch?: Template
  readonly apply?: Template
}

const STAGES = join(import.meta.dirname, 'stages')

/** kwok drops its own stages for a kind as soon as it is given one: these are all there are. */
export function writeStages(layout: Layout): void {
  const definitions = {jq: read('.jq').join('\n'), tpl: read('.tpl').join('\n')}
  const stages = read('.yaml').map((text) => define(load(text) as Stage, definitions))
  writeFileSync(layout.stages, stages.map((stage) => dump(stage)).join('---\n'))
}

function read(extension: string): string[] {
  const files = readdirSync(STAGES).filter((file) => file.endsWith(extension))
  return files.toSorted().map((file) => readFileSync(join(STAGES, file), 'utf8'))
}

// kwok knows no shared definitions, so every expression and template is given all of them.
function define({spec, ...stage}: Stage, {jq, tpl}: {readonly jq: string; readonly tpl: string}): Stage {
  const {matchExpressions} = spec.selector
  const defined = (one: Template) => ({...one, template: `${tpl}\n${one.template}`})
  const selector = {matchExpressions: matchExpressions.map((one) => ({...one, key: `${jq}\n${one.key}`}))}
  const steps = spec.steps.map(({patch, apply, ...step}) => ({
    ...step,
    ...(patch && {patch: defined(patch)}),
    ...(apply && {apply: defined(apply)}),
  }))
  return {...stage, spec: {...spec, selector, steps}}
}
