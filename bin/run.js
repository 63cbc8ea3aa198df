#!/usr/bin/env node
// What kubectl starts as `kubectl stateful`. It must parse on any Node, to say which one is too old,
// with the status of src/command-line/exit-status.ts for a question that is not answered.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`error: kubectl-stateful needs Node.js 22.19 or newer, this is ${process.version}`)
  process.exitCode = 2
} else {
  // not imported: for that Node would look at all that these modules have, which loads half of Node
  const {createRequire} = process.getBuiltinModule('node:module')
  const {fileURLToPath} = process.getBuiltinModule('node:url')
  const {start} = createRequire(import.meta.url)('../dist/start.cjs')
  await start(process.argv.slice(2), fileURLToPath(new URL('..', import.meta.url)))
}
