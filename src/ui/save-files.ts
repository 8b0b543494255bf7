import { FILE_ENDING, writeModelFile } from '../core/model/file-format'
import type { HealthModel } from '../core/model/health-model'
import { download, fileName } from './parts/files'

/** Hands the model to the person as a file. */
export function saveModelFile(model: HealthModel): void {
  const content = new Blob([writeModelFile(model)], { type: 'application/json' })
  download(`${fileName(model.name)}${FILE_ENDING}`, content)
}

/** Hands the scores of a data set to the person as a file. */
export function saveScores(model: HealthModel, content: Blob): void {
  download(`${fileName(model.name)} scores.csv`, content)
}
