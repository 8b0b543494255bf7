import { readModelFile } from '../core/model/file-format'
import type { HealthModel } from '../core/model/health-model'
import { describe } from '../core/problem'
import { failure, type Result } from '../core/result'

/** Largest model file that is looked at; ours are a few dozen kilobytes. */
const LARGEST = 10_000_000

/** A model file that waits for a person to say what to do with it. */
export interface OfferedModel {
  readonly file: string
  readonly model: HealthModel
}

/** The files parted into model files, by name or content, and files of customers. JSON may be either. */
export async function partFiles(files: readonly File[]): Promise<{ models: File[]; tables: File[] }> {
  const isModel = await Promise.all(files.map(isModelFile))
  return { models: files.filter((_, i) => isModel[i]), tables: files.filter((_, i) => !isModel[i]) }
}

async function isModelFile(file: File): Promise<boolean> {
  const name = file.name.toLowerCase()
  if (name.endsWith('.healthsheet.json')) return true
  if (!name.endsWith('.json')) return false
  // What cannot be read is refused, with its reason, as a table.
  const head = await file
    .slice(0, 4096)
    .text()
    .catch(() => '')
  return head.includes('"healthsheet-model"')
}

/** The model in a file, or why it is refused, in words. */
export async function readModel(file: File): Promise<Result<HealthModel, string>> {
  if (file.size > LARGEST) return failure(`${file.name} is far larger than any model file. Your model is unchanged.`)
  const read = readModelFile(file.name, await file.text())
  return read.ok ? read : failure(read.failure.map(describe).join(' '))
}
