// @ts-check
/**
 * Which way imports point, as architecture says: each layer may import itself, the layers named here and its own
 * packages. Everything else is an error. `src/main.ts` may import anything and nothing imports it.
 */
/** @type {Record<string, { files: string[], may: string[], packages: string[] }>} */
const LAYERS = {
  core: { files: ['src/core/**'], may: [], packages: [] },
  workers: { files: ['workers/**'], may: ['core'], packages: ['comlink', 'dexie'] },
  storage: { files: ['src/storage/**'], may: ['core'], packages: ['dexie'] },
  state: { files: ['src/state/**'], may: ['core', 'storage', 'workers'], packages: ['svelte'] },
  ui: { files: ['src/ui/**'], may: ['core', 'state'], packages: ['svelte', 'ag-grid-community', 'chart.js'] },
}
const PACKAGES = ['ag-grid-community', 'chart.js', 'comlink', 'dexie', 'svelte']

/** Folders as they look in a relative import. */
const FOLDERS = { core: 'core', workers: 'workers', storage: 'storage', state: 'state', ui: 'ui' }

/** @param {string} layer */
function forbidden(layer) {
  const { may, packages } = /** @type {{ may: string[], packages: string[] }} */ (LAYERS[layer])
  const folders = Object.entries(FOLDERS)
    .filter(([name]) => name !== layer && !may.includes(name))
    .map(([, folder]) => ({
      regex: `^\\.\\.?/(.*/)?${folder}/`,
      message: `${layer} must not import ${folder} (architecture: which way imports point).`,
    }))
  const foreign = PACKAGES.filter((name) => !packages.includes(name)).map((name) => ({
    regex: `^${name}(/|$)`,
    message: `${layer} must not import the package ${name}.`,
  }))
  const main = { regex: '(^|/)main$', message: 'Nothing imports src/main.ts.' }
  return [...folders, ...foreign, main]
}

/** @param {string} layer */
function rules(layer) {
  const patterns = forbidden(layer)
  if (layer === 'core') patterns.push({ regex: '^[^.]', message: 'src/core imports no package.' })
  // State talks to the engine through its page side only; types of what crosses are free.
  return { 'no-restricted-imports': ['error', { patterns }] }
}

/** @type {import('eslint').Linter.Config[]} */
export const layerRules = [
  ...Object.keys(LAYERS).map((layer) => ({
    files: /** @type {{ files: string[] }} */ (LAYERS[layer]).files,
    rules: /** @type {import('eslint').Linter.RulesRecord} */ (/** @type {unknown} */ (rules(layer))),
  })),
  {
    // Effects reach something outside Svelte, so only the user interface has them.
    files: ['src/state/**', 'src/storage/**', 'src/core/**', 'workers/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.name='$effect']", message: 'Effects belong in src/ui.' },
        { selector: "CallExpression[callee.object.name='$effect']", message: 'Effects belong in src/ui.' },
      ],
    },
  },
  {
    // A renderer that returns a string is parsed as HTML by the grid.
    files: ['src/ui/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "Property[key.name='cellRenderer'] > ArrowFunctionExpression",
          message: 'Use a renderer class: a returned string becomes HTML.',
        },
        { selector: "AssignmentExpression[left.property.name='innerHTML']", message: 'No HTML from strings.' },
      ],
    },
  },
]
