/** What ends each of these names, from a dot on, as clouds do: `.eu-central-1.compute.internal`; empty where nothing does. */
export function commonDomain(names: readonly string[]): string {
  const [first = '', ...others] = new Set(names)
  let domain = domainOf(first)
  for (const name of others) while (!name.endsWith(domain)) domain = domainOf(domain.slice(1))
  return LETTERS.test(domain) ? domain : ''
}

/** Each part begins with a letter: the end of an IP address is no domain. */
const LETTERS = /^(\.[a-z][^.]*)+$/i

function domainOf(name: string): string {
  const dot = name.indexOf('.')
  return dot < 1 ? '' : name.slice(dot)
}

/** A name without that end. */
export function withoutDomain(domain: string): (name: string) => string {
  return (name) => (name.endsWith(domain) ? name.slice(0, name.length - domain.length) : name)
}

/** `nodes *.eu-central-1.compute.internal`, for what stands above a table that leaves it out. */
export function domainText(domain: string): string {
  return `nodes *${domain}`
}
