import {platformOf} from '../../model/node.ts'
import type {Node} from '../../model/objects.ts'

/** What registries, runtimes and kernels say of an image or a program that is made for other machines. */
export const OTHER_PLATFORM = /no match for platform|no matching manifest|exec format error/i

/** `the node's platform, linux/arm64`. */
export function platformText(node: Node | undefined): string {
  const platform = node && platformOf(node)
  return `the node's platform${platform ? `, ${platform}` : ''}`
}

/** What to change in the template, as its sentence goes on with where that is. */
export const PLATFORM_FIX =
  'name an image that is made for that platform, too, or keep the Pods off such nodes (nodeSelector kubernetes.io/os or kubernetes.io/arch)'
