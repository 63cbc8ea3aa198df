/**
 * `node bench/watch.ts [COMMAND…]`: `--watch` over a real cluster in which Pods change all the time: its memory, the time from a
 * change to its line, the lists that it reads. `--seconds 20 --changes 50`; sizes and `--data` as for `npm run bench`;
 * `--run PATH`, also several times, for another build of the plugin.
 */
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import type {ControlPlane} from '../test/control-plane/tools/control-plane.ts'
import {openCopy, withCluster} from './cluster.ts'
import {FULL, SMALL} from './size.ts'
import {endured} from './watching/endured.ts'
import {placesIn} from './watching/places.ts'

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    seconds: {type: 'string', default: '20'},
    changes: {type: 'string', default: '50'},
    full: {type: 'boolean', default: false},
    nodes: {type: 'string'},
    sets: {type: 'string'},
    data: {type: 'string'},
    run: {type: 'string', multiple: true, default: [join(import.meta.dirname, '../bin/run.js')]},
  },
})
const preset = values.full ? FULL : SMALL
const size = {
  ...preset,
  nodes: Number(values.nodes ?? preset.nodes),
  sets: Number(values.sets ?? preset.sets),
}
const commands = positionals.length > 0 ? positionals : ['map', 'coverage', 'rollout', 'status']
const tell = (text: string) => console.error(text)

async function trials(cluster: ControlPlane): Promise<readonly object[]> {
  const common = {
    cluster,
    places: placesIn(size),
    seconds: Number(values.seconds),
    perSecond: Number(values.changes),
  }
  const rows: object[] = []
  for (const command of commands)
    for (const run of values.run) rows.push(await endured({...common, command, run}, tell))
  return rows
}

const store = openCopy(values.data, size)
try {
  console.table(await withCluster(store, size, undefined, tell, trials))
} finally {
  await store.close()
}
