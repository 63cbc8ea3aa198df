import {kubectl} from '../../diagnosis/kubectl-command.ts'
import {type Node, nameOf} from '../../model/objects.ts'
import type {Answer} from './answer.ts'
import type {NodeEdit, TaintEdit} from './change.ts'

/** What would change the nodes so, with its danger. */
export function nodeChangeCommand(nodes: readonly Node[], change: NodeEdit): Answer['command'] {
  const names = nodes.map(nameOf)
  const overwriting = (text: string) =>
    nodes.some((node) => hasOther(node, change)) ? `${text} --overwrite` : text
  switch (change.action) {
    case 'cordon':
      return {text: kubectl('cordon', ...names), danger: ''}
    case 'taint':
      return {
        text: overwriting(kubectl('taint', 'node', ...names, ...change.edits.map(taintWord))),
        danger: change.edits.some(({taint, isRemoved}) => !isRemoved && taint.effect === 'NoExecute')
          ? 'NoExecute ends Pods, and asks no budget'
          : '',
      }
    case 'label':
      return {
        text: overwriting(kubectl('label', 'node', ...names, ...change.edits.map(labelWord))),
        danger: '',
      }
  }
}

/** kubectl refuses to change what is there, unless it is told to (label.go, taint.go, 1.27 to 1.37). */
function hasOther({metadata, spec}: Node, change: NodeEdit): boolean {
  switch (change.action) {
    case 'cordon':
      return false
    case 'label':
      return change.edits.some(({key, value}) => {
        const there = metadata?.labels?.[key]
        return value !== null && there !== undefined && there !== value
      })
    case 'taint':
      return change.edits.some(
        ({taint, isRemoved}) =>
          !isRemoved && spec?.taints?.some(({key, effect}) => key === taint.key && effect === taint.effect),
      )
  }
}

function labelWord({key, value}: {readonly key: string; readonly value: string | null}): string {
  return value === null ? `${key}-` : `${key}=${value}`
}

function taintWord({taint: {key, value, effect}, isRemoved}: TaintEdit): string {
  if (isRemoved) return `${key}${effect ? `:${effect}` : ''}-`
  return `${key}${value ? `=${value}` : ''}:${effect}`
}
