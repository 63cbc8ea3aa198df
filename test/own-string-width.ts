/** What `require('string-width')` gives to cli-table3. */
export {widthOf as 'module.exports'} from '../src/render/width.ts'
