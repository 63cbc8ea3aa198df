import type {KubectlOptions} from './kubectl.ts'

/** The plugin with its clock that far ahead: what it will say of the same cluster then. */
export function clockAhead(minutes: number): KubectlOptions {
  const program = `
    const Now = Date
    const now = () => Now.now() + ${minutes * 60_000}
    globalThis.Date = class extends Now {
      constructor(...args) { super(...(args.length > 0 ? args : [now()])) }
      static now() { return now() }
    }`
  return {env: {NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}`}}
}
