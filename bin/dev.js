#!/usr/bin/env node
// The same from the TypeScript sources, which Node runs as they are.
import {fileURLToPath} from 'node:url'
import {main} from '../src/main.ts'

await main(process.argv.slice(2), fileURLToPath(new URL('..', import.meta.url)))
