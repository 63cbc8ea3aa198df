#!/usr/bin/env node
// What kubectl starts, as `kubectl_complete-stateful`, when TAB is pressed behind `kubectl stateful`. It must parse on any Node;
// one that is too old has nothing to offer, and says nothing into the line that is being typed.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.log(':4')
} else {
  const {createRequire} = process.getBuiltinModule('node:module')
  const {fileURLToPath} = process.getBuiltinModule('node:url')
  const {start} = createRequire(import.meta.url)('../dist/start.cjs')
  await start(['__complete', ...process.argv.slice(2)], fileURLToPath(new URL('..', import.meta.url)))
}
