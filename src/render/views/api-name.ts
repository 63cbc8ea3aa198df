const NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/
const LONGEST = 253

/** Whether the API could have stored an object of that name: only such a name stands in a command. */
export function isApiName(name: string): boolean {
  return name.length <= LONGEST && NAME.test(name)
}
