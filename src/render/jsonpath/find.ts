import {type Node, TemplateError} from './nodes.ts'
import {walk, walkAll} from './walk.ts'

/** What one part of a template has found. */
export interface Found {
  readonly values: readonly unknown[]
  /** It is of the template, not of what it was asked of. */
  readonly isLiteral: boolean
}

/**
 * What each part of a template finds, those in a `range` once for every round: mirrors FindResults of client-go's util/jsonpath
 * (1.37), counters and all. A field that is not there finds nothing. @throws TemplateError
 */
export function findAll(template: readonly Node[], data: unknown): readonly Found[] {
  let [begun, inside, ended] = [0, 0, 0]
  let lastEnd: Node | undefined
  const loop = (name: string, values: readonly unknown[]): readonly unknown[] => {
    if (name === 'range') {
      begun++
      return values
    }
    if (name !== 'end') throw new TemplateError(`unrecognized identifier ${name}`)
    if (inside === 0) throw new TemplateError('not in range, nothing to end')
    ended++
    return []
  }
  const find = (value: unknown, nodes: readonly Node[]): Found[] => {
    const found: Found[] = []
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index] as Node
      const values = step([value], node, loop)
      if (ended > 0 && ended <= inside) {
        ended--
        lastEnd = node
        break
      }
      if (begun === 0) {
        found.push({values, isLiteral: isLiteral(node)})
        continue
      }
      begun--
      inside++
      const rest = nodes.slice(index + 1)
      for (const each of values) for (const one of find(each, rest)) found.push(one)
      // without any round the end has to be found nevertheless
      if (values.length === 0) find(undefined, rest)
      inside--
      const end = lastEnd ? nodes.indexOf(lastEnd, index + 1) : -1
      if (end >= 0) index = end
    }
    return found
  }
  return find(data, template)
}

function step(
  values: readonly unknown[],
  node: Node,
  loop: (name: string, values: readonly unknown[]) => readonly unknown[],
): readonly unknown[] {
  if (node.type === 'list') return walkAll(values, node.nodes, loop)
  return node.type === 'identifier' ? loop(node.name, values) : walk(values, node)
}

function isLiteral(node: Node): boolean {
  return node.type === 'text' || (node.type === 'list' && node.nodes.at(-1)?.type === 'text')
}
