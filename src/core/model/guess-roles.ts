import { truthOf } from '../column/boolean-text'
import type { ColumnProfile } from '../column/import-report'
import type { HealthModel, Outcome, OutcomeByValue, Roles } from './health-model'
import { hasWord, LEAVING, objectiveOf, stems, wordsOf } from './words'

// Stems in the languages whose exports we met: English, German, French, Spanish, Portuguese, Italian, Dutch.
const CUSTOMER = stems(`
  customer client account company user member subscriber kunde kunden klant compte cuenta conta$
  cliente firma organi
`)
const ID = stems(`
  id$ uuid guid key$ number$ no$ nr$ nummer num$ numero code$ customerid accountid userid clientid
  kundennummer kundennr ref$ identif
`)
const NAME = stems(`
  name company firma nom$ nombre nome$ naam title$ razon ragione kundenname klantnaam unternehmen entreprise
  societe empresa azienda bedrijf
`)
const NOT_A_CUSTOMER_NAME = stems('file user plan product feature first contact country city state')
const STAYING = stems('retain renew active stay retention verlanger aktiv actif activo ativo attivo actief')
const NAMED_OUTCOME = ['outcome', 'target$', 'label$']
const OUTCOME = ['outcome', 'target$', 'label$', 'status', 'result', 'zustand']
const REVENUE = stems(`
  mrr arr revenue acv ltv spend umsatz monatsumsatz jahresumsatz erlos revenu chiffre ingreso receita ricav omzet factur
  monthlycharge charges charge fee$ price amount contractvalue value$ betrag montant importe
`)
const SEGMENT = stems(`
  segment tier$ plan$ size$ category$ kundensegment klasse region industry branche contract
  vertrag tarif secteur sector settore
`)
const SNAPSHOT = stems('snapshot asof observation observed stichtag reporting report extract export')
/** What tells the snapshots apart where every customer stands in several rows. */
const PERIOD = stems('month$ period quarter week$ monat$ mois$ mes$ mese$ maand$')
const AFFIRMATIVE = stems('yes true t y 1 ja j oui si s sim vrai wahr')
const NEGATIVE = stems('no false f n 0 nein non nao nee faux falsch')
const NOT = ['not', 'no$', 'non', 'never']

/** A guess of which column is what, and how sure its name makes us; a person confirms or changes it. */
export function guessRoles(columns: readonly ColumnProfile[], rows: number): Roles {
  const outcome = guessOutcome(columns)
  const id = best(columns, (column) => idLikelihood(column, rows))
  const taken = new Set([id?.name, outcome?.column])
  const free = columns.filter((column) => !taken.has(column.name))
  const repeats = id?.distinct !== undefined && id.distinct < rows - id.missing
  const name = best(free, (column) =>
    nameLikelihood(column, Math.min(rows - column.missing, repeats ? id.distinct : rows)),
  )
  const snapshot = best(free, (column) => snapshotLikelihood(column, repeats))
  const revenue = best(free, revenueLikelihood)
  const segment = best(
    free.filter((column) => column !== name),
    segmentLikelihood,
  )
  return {
    ...(id && { id: id.name }),
    ...(name && { name: name.name }),
    ...(outcome && { outcome }),
    ...(revenue && { revenue: revenue.name }),
    ...(segment && { segment: segment.name }),
    ...(snapshot && { snapshot: snapshot.name }),
  }
}

/** The likeliest column, the earlier of equals; undefined when none is likely at all. */
function best(
  columns: readonly ColumnProfile[],
  likelihood: (column: ColumnProfile) => number,
): ColumnProfile | undefined {
  let winner: ColumnProfile | undefined
  let most = 0
  for (const column of columns) {
    const likely = likelihood(column)
    if (likely > most) [winner, most] = [column, likely]
  }
  return winner
}

function idLikelihood({ name, type, distinct, missing }: ColumnProfile, rows: number): number {
  const words = wordsOf(name)
  if (type === 'date' || type === 'boolean' || missing > rows / 2) return 0
  const named = (hasWord(words, ID) ? 2 : 0) + (hasWord(words, CUSTOMER) ? 1 : 0)
  if (named < 2) return 0
  const share = distinct === undefined ? 1 : distinct / Math.max(1, rows - missing)
  // A customer's key may repeat over snapshots, a plan's code repeats far more.
  return share < 0.02 ? 0 : named + share
}

/** @param named customers who have a value, each once */
function nameLikelihood({ name, type, distinct }: ColumnProfile, named: number): number {
  if (type !== 'text' && type !== 'category') return 0
  const words = wordsOf(name)
  const aloneIsName = words.length === 1 && hasWord(words, CUSTOMER)
  if (!(hasWord(words, NAME) || aloneIsName) || hasWord(words, NOT_A_CUSTOMER_NAME) || hasWord(words, ['id$'])) return 0
  const share = distinct === undefined ? 1 : distinct / Math.max(1, named)
  return share < 0.3 ? 0 : 1 + (hasWord(words, CUSTOMER) ? 1 : 0)
}

function revenueLikelihood({ name, type, min, max }: ColumnProfile): number {
  if (type !== 'number' || min === undefined || max === min) return 0
  const words = wordsOf(name)
  const joined = words.join('')
  const rank = REVENUE.findIndex((stem) => hasWord([...words, joined], [stem]))
  const monthly = hasWord(words, ['month', 'monat', 'mens', 'recurring']) ? 5 : 0
  const not = hasWord(words, stems('trend change growth count day overdue total refund eve night intl'))
  return rank < 0 || not ? 0 : REVENUE.length - rank + monthly
}

function segmentLikelihood({ name, type, distinct }: ColumnProfile): number {
  if (type !== 'category' || distinct === undefined || distinct < 2 || distinct > 12) return 0
  const rank = SEGMENT.findIndex((stem) => hasWord(wordsOf(name), [stem]))
  return rank < 0 ? 0 : SEGMENT.length - rank
}

function snapshotLikelihood({ name, type }: ColumnProfile, repeats: boolean): number {
  if (type !== 'date') return 0
  const words = wordsOf(name)
  if (hasWord([...words, words.join('')], SNAPSHOT)) return 2
  return repeats && words.length === 1 && hasWord(words, PERIOD) ? 1 : 0
}

/** Two to ten values, or a number that is only ever 0 or 1; one value where the name says what became of a customer. */
function couldBeOutcome({ name, type, distinct = 0, min, max }: ColumnProfile): boolean {
  const least = objectiveOf(name) ? 1 : 2
  if (type === 'text' || type === 'date' || distinct < least || distinct > 10) return false
  return type !== 'number' || (distinct <= 2 && (min === 0 || min === 1) && (max === 0 || max === 1))
}

function outcomeLikelihood(column: ColumnProfile): number {
  if (!couldBeOutcome(column)) return 0
  const words = wordsOf(column.name)
  const pair = column.distinct === 2 ? 2 : 0
  const more = objectiveOf(column.name) === 'expand'
  const said = !more && column.values.some(({ text }) => objectiveOf(text) === 'churn') ? 4 : 0
  if (hasWord(words, LEAVING)) return 10 + pair + said - (words.length > 3 ? 3 : 0)
  if (said > 0) return said + (hasWord(words, OUTCOME) ? pair + 1 : 0)
  if (pair > 0 && hasWord(words, NAMED_OUTCOME)) return 3
  if (tellsExpansion(column, words)) return 2.5
  return pair > 0 && hasWord(words, STAYING) ? 2 : 0
}

/** Who bought more is asked only where nothing says who left: with more values it is more likely a step of selling. */
function tellsExpansion({ name, values, distinct = 0 }: ColumnProfile, words: readonly string[]): boolean {
  if (objectiveOf(name) === 'expand') return distinct <= 2
  return hasWord(words, OUTCOME) && values.some(({ text }) => objectiveOf(text) === 'expand')
}

function guessOutcome(columns: readonly ColumnProfile[]): OutcomeByValue | undefined {
  const column = best(columns, outcomeLikelihood)
  return column && outcomeByValue(column, guessObjective(column) ?? 'churn')
}

function outcomeByValue(column: ColumnProfile, objective: HealthModel['objective']): OutcomeByValue {
  return { column: column.name, event: guessEvent(column, objective), leaveOut: [] }
}

/**
 * Whether a column tells who left or who bought more: by its name, or else by its values, of which leaving counts
 * first; undefined where neither says it.
 */
export function guessObjective({
  name,
  values,
}: Pick<ColumnProfile, 'name' | 'values'>): HealthModel['objective'] | undefined {
  const named = objectiveOf(name)
  if (named) return named
  const said = values.map(({ text }) => objectiveOf(text))
  return said.includes('churn') ? 'churn' : said.find((each) => each !== undefined)
}

/**
 * The outcome where it is to tell of something else. Its column stays unless it tells of the opposite, or there is none,
 * and another column tells of what is wanted; the event stays if a person chose it.
 */
export function turnOutcome(
  columns: readonly ColumnProfile[],
  outcome: Outcome | undefined,
  objective: HealthModel['objective'],
): Outcome | undefined {
  const column = columns.find(({ name }) => name === outcome?.column)
  const told = column && guessObjective(column)
  if (!column || (told !== undefined && told !== objective)) {
    const telling = columns.filter((each) => guessObjective(each) === objective)
    const other = best(telling, outcomeLikelihood)
    if (other) return outcomeByValue(other, objective)
  }
  if (!column || !outcome || !('event' in outcome)) return outcome
  const before = objective === 'churn' ? 'expand' : 'churn'
  if (outcome.event !== guessEvent(column, before)) return outcome
  const event = guessEvent(column, objective)
  if (event === outcome.event) return outcome
  return { ...outcome, event, leaveOut: outcome.leaveOut.filter((text) => text !== event) }
}

/** Which value of an outcome column most likely means that the customer left, or bought more; the rarer one when no word tells. */
export function guessEvent(
  { name, values }: Pick<ColumnProfile, 'name' | 'values'>,
  objective: HealthModel['objective'],
): string {
  const staying = objective === 'churn' && hasWord(wordsOf(name), STAYING) && !hasWord(wordsOf(name), LEAVING)
  const [only, ...others] = values
  // It has happened to nobody: the event is the value that nobody has.
  if (only && others.length === 0 && truthOf(only.text) === 0 && !staying) return only.text === '0' ? '1' : 'Yes'
  const said = values.find(({ text }) => objectiveOf(text) === objective && !hasWord(wordsOf(text), NOT))
  if (said) return said.text
  const wanted = staying ? NEGATIVE : AFFIRMATIVE
  const word = values.find(({ text }) => wanted.includes(wordsOf(text).join('')))
  return (word ?? values.at(-1))?.text ?? ''
}
