#!/usr/bin/env node
// The same from the TypeScript sources, which Node runs as they are.
import {readFileSync} from 'node:fs'
import {main} from '../src/main.ts'

await main(process.argv.slice(2), () =>
  readFileSync(new URL('../oclif.manifest.json', import.meta.url), 'utf8'),
)
