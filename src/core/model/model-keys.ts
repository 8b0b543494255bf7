/** The fields of a model file that this version knows. */
export const MODEL_KEYS = new Set([
  'format',
  'version',
  '$schema',
  'name',
  'notes',
  'objective',
  'roles',
  'asOf',
  'columns',
  'recipe',
  'manualColumns',
  'metrics',
  'rules',
  'tiers',
  'actBelow',
  'minCoverage',
  'holdout',
  'economics',
  'capacity',
])
/** Those of a metric. */
export const METRIC_KEYS = new Set([
  'id',
  'name',
  'category',
  'on',
  'importance',
  'column',
  'scale',
  'red',
  'green',
  'missing',
  'weight',
  'suspect',
])
/** Those of a rule. */
export const RULE_KEYS = new Set(['id', 'name', 'on', 'when', 'then', 'reason'])
