import type {Fared, Pair} from './run.ts'
import type {Asked} from './world.ts'

/** What differs between kubectl and the plugin in one row, in words; empty: nothing. */
export function differences({kubectl, plugin}: Pair): readonly string[] {
  return [...compared(kubectl)].flatMap(([what, theirs]) => {
    const ours = compared(plugin).get(what) ?? ''
    return ours === theirs ? [] : [`${what}: ${theirs || '-'} / ${ours || '-'}`]
  })
}

function compared({asked, passed, exit, words}: Fared): ReadonlyMap<string, string> {
  return new Map([
    ['exit', exit],
    ['server', asked?.server ?? ''],
    ['path', asked?.path ?? ''],
    ['headers', headersOf(asked)],
    ['certificate', asked?.certificate ?? ''],
    ['server name', asked?.serverName ?? ''],
    ['proxy', passed.toSorted().join(' ')],
    ['words', words],
  ])
}

function headersOf(asked: Asked | undefined): string {
  return Object.entries(asked?.headers ?? {})
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ')
}
