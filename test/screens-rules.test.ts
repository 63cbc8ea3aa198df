import {expect, test} from 'vitest'
import {cutLinks, tooLong} from './screens/lines.ts'
import {repeated} from './screens/sentences.ts'
import {missingAtTop} from './screens/top.ts'

const COMMAND = 'kubectl describe pod -n payments-production postgres-cluster-main-2'

test.each([
  ['a sentence', 'Node node-b of volume disk-b1 is gone for good from here', 1],
  ['a row of a table', 'postgres-cluster-main   2   postgres-cluster-main-2   0/1   Running', 1],
  ['a command to copy', COMMAND, 0],
  ['a command with its label', `Look      ${COMMAND}`, 0],
  ['a command that tells more', `More      kubectl stateful why pvc/data-postgres-cluster-main-2`, 0],
  ['a command of several ways', `Act       1. ${COMMAND}`, 0],
  ['the command of a transcript', `$ ${COMMAND}`, 0],
  ['a sentence with a command in it', `Act       see what ${COMMAND} says`, 1],
  ['colour only', '\u001b[31mnot ready\u001b[39m'.repeat(4), 0],
])('what a terminal of 40 columns would break: %s', (_, line, count) => {
  expect(tooLong(line, 40)).toHaveLength(count)
})

test('a sentence stands twice however it is wrapped up: in a proof, with since when, in another case', () => {
  const message = 'volume disk-b1 is only reachable from node node-b'
  expect(
    repeated(
      `Error     Ordinal 1 can't come back: ${message}, for 12m, needs you\nBlocked   Volume${message.slice(6)}.`,
    ),
  ).toEqual([message])
})

test('two sentences that differ in a name are two, and so are commands and short words', () => {
  const text = `Error     volume disk-b1 is only reachable from node node-b
Also      volume disk-b2 is only reachable from node node-b
Look      kubectl describe pod -n shop db-1
          kubectl describe pod -n shop db-1
Proof     pod/db-1 is not ready
          pod/db-1 is not ready`
  expect(repeated(text)).toEqual([])
})

test('rows about several objects may say the same of each, entries of a timeline may not', () => {
  const taint = 'does not tolerate the taint dedicated=db'
  expect(
    repeated(`NODE     STATE      WHY\nnode-a   Excluded   ${taint}\nnode-b   Excluded   ${taint}`),
  ).toEqual([])
  expect(repeated(`AGE   OBJECT     DETAIL\n12m   pod/db-1   ${taint}\n11m   pod/db-1   ${taint}`)).toEqual([
    taint,
  ])
  expect(repeated(`NODE     STATE      WHY\nnode-a   Excluded   ${taint}\n\nNote      ${taint}`)).toEqual([
    taint,
  ])
})

test('a name may be shortened in its middle, a link that is not well may not be cut at its end', () => {
  const rows = [
    'Node   gke-prod…x7kq   broken   is not ready',
    'Pod    web-1           ok       Running, 1/1 re…',
    'Pod    web-2           broken   Error, 0/1 rea…',
  ]
  expect(cutLinks(`LINK   NAME            STATE    DETAIL\n${rows.join('\n')}\n\nAGE   …`)).toEqual([rows[2]])
})

test('what whoever reads twelve lines does not learn', () => {
  const first = {
    id: 'crash-loop',
    message: 'Container app of db-2 crashes with exit code 1',
    remedy: {act: ['']},
  }
  const cause =
    'Cause     Container app of db-2 crashes   crash-loop\n          with exit code 1, for 12m, needs you'
  expect(missingAtTop(`StatefulSet shop/db\n\n${cause}\nAct       fix the template`, first)).toEqual([])
  expect(missingAtTop(`${cause}\nLook      kubectl logs db-2`, first)).toEqual(['^Act '])
  expect(missingAtTop(`${'\n'.repeat(11)}${cause}\nAct       fix it`, first)).toEqual([
    first.message,
    '^Act ',
  ])
  expect(missingAtTop(cause, {...first, remedy: null})).toEqual([])
})
