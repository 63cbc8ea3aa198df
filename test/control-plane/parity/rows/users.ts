import {base64, type Given, type Row, type Site, userRow} from '../row.ts'

const text = (site: Site, name: 'user' | 'user2' | 'strangerUser' | 'expiredUser') => site.identities[name]
const pair = (site: Site, name: 'user' | 'user2' | 'strangerUser' | 'expiredUser' = 'user') => ({
  'client-certificate-data': base64(text(site, name).cert),
  'client-key-data': base64(text(site, name).key),
})
const files = (site: Site) => ({
  files: {'.kube/u.crt': site.identities.user.cert, '.kube/u.key': site.identities.user.key},
})
const flagFiles = (site: Site) => ({
  files: {'b.crt': site.identities.user2.cert, 'b.key': site.identities.user2.key},
})
const tokenFile = (content: string | Buffer): Partial<Given> => ({files: {'.kube/token': content}})

const tokens: readonly Row[] = [
  userRow('token', {token: 'abc'}),
  userRow('token in UTF-8', {token: 'schlüssel✓'}),
  userRow('token with a line end', {token: 'abc\n'}),
  userRow('token with spaces', {token: ' abc '}),
  userRow('token with a line end in it', {token: 'a\nb'}),
  userRow('token with a NUL', {token: 'a\u0000b'}),
  userRow('token with a tab', {token: 'a\tb'}),
  userRow('token of one space', {token: ' '}),
  userRow('token that is long', {token: 'x'.repeat(5000)}),
  userRow('token and password', {token: 'abc', username: 'joe', password: 'pw'}),
  userRow('--token over a password', {username: 'joe', password: 'pw'}, {flags: ['--token=t']}),
  userRow('--token over a certificate', (site) => pair(site), {flags: ['--token=t']}),
  userRow('--token over a token', {token: 'abc'}, {flags: ['--token=t']}),
  userRow('--token over a token file', {tokenFile: 'token'}, {...tokenFile('of-file'), flags: ['--token=t']}),
  userRow('--token over a token file that is missing', {tokenFile: 'missing'}, {flags: ['--token=t']}),
  userRow('--token in UTF-8', {}, {flags: ['--token=ü✓']}),
  userRow('--token with a line end', {}, {flags: ['--token=a\n']}),
  userRow('password', {username: 'joe', password: 'pw'}),
  userRow('password in UTF-8', {username: 'jöe', password: 'pß✓'}),
  userRow('user without a password', {username: 'joe'}),
  userRow('password without a user', {password: 'pw'}),
  userRow('user with a colon', {username: 'j:e', password: 'p:w'}),
  userRow('nothing', {}),
  userRow('password and certificate', (site) => ({...pair(site), username: 'joe', password: 'pw'})),
  userRow('token and certificate', (site) => ({...pair(site), token: 'abc'})),
  userRow('an empty token', {token: ''}),
]

const fileTokens: readonly Row[] = [
  userRow('token file', {tokenFile: 'token'}, tokenFile('of-file')),
  userRow('token file with line ends', {tokenFile: 'token'}, tokenFile('  of-file\r\n\n')),
  userRow('token file in UTF-8', {tokenFile: 'token'}, tokenFile('ü✓')),
  userRow('token file with a byte order mark', {tokenFile: 'token'}, tokenFile('\ufeffabc')),
  userRow('token file with two lines', {tokenFile: 'token'}, tokenFile('one\ntwo')),
  userRow('token file that is empty', {tokenFile: 'token'}, tokenFile('')),
  userRow('token file of white space', {tokenFile: 'token'}, tokenFile(' \n')),
  userRow('token file that is missing', {tokenFile: 'missing'}),
  userRow('token file that is a folder', {tokenFile: '.'}),
  userRow('token file and token', {tokenFile: 'token', token: 'abc'}, tokenFile('of-file')),
  userRow('missing token file and token', {tokenFile: 'missing', token: 'abc'}),
  userRow('empty token file and token', {tokenFile: 'token', token: 'abc'}, tokenFile('')),
  userRow('folder as token file and token', {tokenFile: '.', token: 'abc'}),
  userRow(
    'token file and password',
    {tokenFile: 'token', username: 'joe', password: 'pw'},
    tokenFile('of-file'),
  ),
  userRow('missing token file and password', {tokenFile: 'missing', username: 'joe', password: 'pw'}),
  userRow(
    'token file and certificate',
    (site) => ({tokenFile: 'token', ...pair(site)}),
    tokenFile('of-file'),
  ),
  userRow('empty token file and certificate', (site) => ({tokenFile: 'token', ...pair(site)}), tokenFile('')),
  userRow('token file beside --as', {tokenFile: 'token', as: 'jane'}, tokenFile('of-file')),
]

const certificates: readonly Row[] = [
  userRow('certificate', (site) => pair(site)),
  userRow('certificate by files', {'client-certificate': 'u.crt', 'client-key': 'u.key'}, files),
  userRow(
    'certificate by file, key by data',
    (site) => ({'client-certificate': 'u.crt', 'client-key-data': pair(site)['client-key-data']}),
    files,
  ),
  userRow(
    'certificate by data, key by file',
    (site) => ({'client-certificate-data': pair(site)['client-certificate-data'], 'client-key': 'u.key'}),
    files,
  ),
  userRow('certificate by both', (site) => ({...pair(site), 'client-certificate': 'u.crt'}), files),
  userRow('key by both', (site) => ({...pair(site), 'client-key': 'u.key'}), files),
  userRow('certificate without a key', (site) => ({
    'client-certificate-data': pair(site)['client-certificate-data'],
  })),
  userRow('key without a certificate', (site) => ({'client-key-data': pair(site)['client-key-data']})),
  userRow('key file without a certificate', {'client-key': 'u.key'}, files),
  userRow('key without a certificate, beside a token', (site) => ({
    token: 'abc',
    'client-key-data': pair(site)['client-key-data'],
  })),
  userRow('missing certificate file', {'client-certificate': 'missing', 'client-key': 'u.key'}, files),
  userRow('missing key file', {'client-certificate': 'u.crt', 'client-key': 'missing'}, files),
  userRow('missing files', {'client-certificate': 'missing', 'client-key': 'missing2'}),
  userRow('empty certificate file', {'client-certificate': 'u.crt', 'client-key': 'u.key'}, (site) => ({
    files: {'.kube/u.crt': '', '.kube/u.key': site.identities.user.key},
  })),
  userRow('certificate that is none', (site) => ({
    ...pair(site),
    'client-certificate-data': base64('hello'),
  })),
  userRow('key that is none', (site) => ({...pair(site), 'client-key-data': base64('hello')})),
  userRow('key of another', (site) => ({
    ...pair(site),
    'client-key-data': pair(site, 'user2')['client-key-data'],
  })),
  userRow('certificate of an authority nobody knows', (site) => pair(site, 'strangerUser')),
  userRow('certificate that has expired', (site) => pair(site, 'expiredUser')),
  userRow('certificate and key in one', (site) => ({
    'client-certificate-data': base64(site.identities.user.cert + site.identities.user.key),
    'client-key-data': base64(site.identities.user.cert + site.identities.user.key),
  })),
  userRow('certificate with its authority', (site) => ({
    ...pair(site),
    'client-certificate-data': base64(site.identities.user.cert + site.identities.root.cert),
  })),
  userRow(
    '--client-certificate and --client-key',
    (site) => pair(site),
    (site) => ({...flagFiles(site), flags: ['--client-certificate=b.crt', '--client-key=b.key']}),
  ),
  userRow(
    '--client-certificate alone',
    (site) => pair(site),
    (site) => ({...flagFiles(site), flags: ['--client-certificate=b.crt']}),
  ),
  userRow(
    '--client-key alone',
    (site) => pair(site),
    (site) => ({...flagFiles(site), flags: ['--client-key=b.key']}),
  ),
  userRow('--client-certificate that is missing', (site) => pair(site), {
    flags: ['--client-certificate=missing'],
  }),
  userRow('--client-key without any certificate', {token: 'abc'}, (site) => ({
    ...flagFiles(site),
    flags: ['--client-key=b.key'],
  })),
  userRow('flags of a certificate over a token', {token: 'abc'}, (site) => ({
    ...flagFiles(site),
    flags: ['--client-certificate=b.crt', '--client-key=b.key'],
  })),
  {
    name: 'certificate at a server that insists',
    given: (site) => ({...userRow('', pair(site)).given(site), flags: ['--server', site.url('mutual')]}),
  },
]

const who = {token: 'abc'}
const flagsOf = (name: string, ...flags: readonly string[]): Row => userRow(name, who, {flags})
const impersonation: readonly Row[] = [
  flagsOf('--as', '--as=jane'),
  flagsOf('--as in UTF-8', '--as=jäne ✓'),
  flagsOf('--as with a space', '--as=jane doe'),
  flagsOf('--as with spaces around', '--as= jane '),
  flagsOf('--as with a colon', '--as=system:serviceaccount:ns:sa'),
  flagsOf('--as with a line end', '--as=a\nb'),
  flagsOf('--as with a NUL-like', '--as=a\u0001b'),
  flagsOf('--as= is nobody', '--as='),
  flagsOf('--as twice', '--as=one', '--as=two'),
  flagsOf('--as-group', '--as=jane', '--as-group=dev'),
  flagsOf('--as-group twice', '--as=jane', '--as-group=dev', '--as-group=ops'),
  flagsOf('--as-group with a comma', '--as=jane', '--as-group=dev,ops'),
  flagsOf('--as-group in UTF-8', '--as=jane', '--as-group=grüppe', '--as-group=✓'),
  flagsOf('--as-group= is none', '--as=jane', '--as-group='),
  flagsOf('--as-group without --as', '--as-group=dev'),
  flagsOf('--as-uid', '--as=jane', '--as-uid=7'),
  flagsOf('--as-uid in UTF-8', '--as=jane', '--as-uid=ü✓'),
  flagsOf('--as-uid without --as', '--as-uid=7'),
  flagsOf('--as-user-extra', '--as=jane', '--as-user-extra=reason=test'),
  flagsOf('--as-user-extra twice', '--as=jane', '--as-user-extra=reason=one', '--as-user-extra=reason=two'),
  flagsOf('--as-user-extra of two keys', '--as=jane', '--as-user-extra=a=1', '--as-user-extra=b=2'),
  flagsOf('--as-user-extra with a slash', '--as=jane', '--as-user-extra=example.org/team=x'),
  flagsOf('--as-user-extra with %', '--as=jane', '--as-user-extra=a%b=x'),
  flagsOf('--as-user-extra in UTF-8', '--as=jane', '--as-user-extra=schlüssel=wört✓'),
  flagsOf('--as-user-extra in capitals', '--as=jane', '--as-user-extra=Team=x'),
  flagsOf('--as-user-extra with an equals sign', '--as=jane', '--as-user-extra=a=b=c'),
  flagsOf('--as-user-extra without a value', '--as=jane', '--as-user-extra=a='),
  flagsOf('--as-user-extra without an equals sign', '--as=jane', '--as-user-extra=a'),
  flagsOf('--as-user-extra with a comma', '--as=jane', '--as-user-extra=a=1,b=2'),
  flagsOf('--as-user-extra without --as', '--as-user-extra=a=b'),
  flagsOf('--as-user-extra of no key', '--as=jane', '--as-user-extra==b'),
  userRow('as of the file', {
    ...who,
    as: 'jane',
    'as-groups': ['dev'],
    'as-uid': '7',
    'as-user-extra': {a: ['b']},
  }),
  userRow('as of the file in UTF-8', {
    ...who,
    as: 'jäne',
    'as-groups': ['grüppe'],
    'as-user-extra': {ä: ['ö✓']},
  }),
  userRow('--as over the file', {...who, as: 'jane', 'as-groups': ['dev']}, {flags: ['--as=joe']}),
  userRow(
    '--as-group over the file',
    {...who, as: 'jane', 'as-groups': ['dev']},
    {flags: ['--as-group=ops']},
  ),
  userRow('--as-uid over the file', {...who, as: 'jane', 'as-uid': '1'}, {flags: ['--as-uid=2']}),
  userRow(
    '--as-user-extra over the file',
    {...who, as: 'jane', 'as-user-extra': {a: ['b'], c: ['d']}},
    {flags: ['--as-user-extra=a=x']},
  ),
  userRow('groups of the file without a user', {...who, 'as-groups': ['dev']}),
  userRow('uid of the file without a user', {...who, 'as-uid': '1'}),
  userRow('extra of the file without a user', {...who, 'as-user-extra': {a: ['b']}}),
  userRow(
    '--as over groups of the file without a user',
    {...who, 'as-groups': ['dev']},
    {flags: ['--as=joe']},
  ),
  userRow('impersonate-groups is no field', {...who, as: 'jane', 'impersonate-groups': ['dev']}),
  userRow('--as with a certificate', (site) => pair(site), {flags: ['--as=jane']}),
  userRow('--as over http', who, (site) => ({
    flags: ['--as=jane', '--as-group=dev', '-s', site.url('plain')],
  })),
  userRow('token over http', who, (site) => ({flags: ['-s', site.url('plain')]})),
  userRow('--token over http', who, (site) => ({flags: ['--token=t', '-s', site.url('plain')]})),
  userRow('password over http', {username: 'joe', password: 'pw'}, (site) => ({
    flags: ['-s', site.url('plain')],
  })),
  userRow(
    'certificate over http',
    (site) => pair(site),
    (site) => ({flags: ['-s', site.url('plain')]}),
  ),
  userRow('a broken certificate over http', {'client-certificate': 'missing', 'client-key': 'm'}, (site) => ({
    flags: ['-s', site.url('plain')],
  })),
]

export const userRows: readonly Row[] = [...tokens, ...fileTokens, ...certificates, ...impersonation]
