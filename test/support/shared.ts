import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ReadResult } from './csv'
import { readCsv } from './csv'

const SHARED = fileURLToPath(new URL('../../../shared', import.meta.url))

/** Whether the real data is here; a fresh machine does not have it, and what needs it says that it was left out. */
export const hasShared = existsSync(SHARED)
export const LEFT_OUT = hasShared ? '' : ' (left out: ../shared is not here)'

export function sharedPath(path: string): string {
  return `${SHARED}/${path}`
}

/** A file of the real data, read by our own reader. */
export function readShared(path: string): Promise<ReadResult> {
  return readCsv(readFileSync(sharedPath(path)), path)
}
