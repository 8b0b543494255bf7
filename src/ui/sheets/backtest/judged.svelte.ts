import { backtest, holdoutVerdict, tierCounts } from '../../../core/backtest/backtest'
import {
  brierScore,
  calibrate,
  chances,
  reliability,
  type BrierScore,
  type Calibration,
} from '../../../core/backtest/calibration'
import { campaigns } from '../../../core/backtest/campaign'
import { atCut, type CutFigures } from '../../../core/backtest/cut'
import type { SetEvaluation } from '../../../core/backtest/evaluation'
import { flaggingCurve } from '../../../core/backtest/flagging-curve'
import {
  expectedOutcomes,
  roundestCut,
  valueCurve,
  withinCapacity,
  type Economics,
} from '../../../core/backtest/net-value'
import { totals } from '../../../core/backtest/outcome-histogram'
import { expectedPerBand, scoreBands } from '../../../core/backtest/score-bands'
import {
  everybody,
  riskiestBins,
  partHistogram,
  partRevenue,
  scoreRisks,
  type Part,
} from '../../../core/backtest/score-histogram'
import { perTier } from '../../../core/backtest/tiers'
import type { HealthModel } from '../../../core/model/health-model'
import { actingCut } from '../../../core/model/tier'
import { bestCut, scoreOfBins, valuedPart, worthAt, worthCurve } from './worth'

/** What the figures are of. */
export interface Asked {
  readonly set: SetEvaluation
  /** Today's customers, where they are a data set of their own. */
  readonly current: SetEvaluation | undefined
  readonly part: Part
  readonly model: HealthModel
  readonly economics: Economics | undefined
  readonly capacity: number | undefined
}

/** Every figure of the sheet that counts per score can tell. Each is worked out again only when what it is made of changes. */
export class Judged {
  readonly #asked: () => Asked

  constructor(asked: () => Asked) {
    this.#asked = asked
  }

  readonly #set = $derived.by(() => this.#asked().set)
  readonly #current = $derived.by(() => this.#asked().current)
  readonly #part = $derived.by(() => this.#asked().part)
  readonly #tiers = $derived.by(() => this.#asked().model.tiers)
  readonly #objective = $derived.by(() => this.#asked().model.objective)
  readonly #economics = $derived.by(() => this.#asked().economics)
  readonly #hasRevenue = $derived.by(() => this.#asked().model.roles.revenue !== undefined)
  readonly #judging = $derived({ tiers: this.#tiers, objective: this.#objective })

  readonly cut: number = $derived.by(() => actingCut(this.#asked().model))

  readonly training = $derived(backtest(this.#set, 'training', this.#judging))
  readonly holdout = $derived(backtest(this.#set, 'holdout', this.#judging))
  readonly figures = $derived(backtest(this.#set, this.#part, this.#judging))
  /** Scored customers with a known outcome. */
  readonly counts: Readonly<Record<Part, number>> = $derived({
    holdout: this.holdout.n,
    training: this.training.n,
    all: this.training.n + this.holdout.n,
  })
  readonly verdict = $derived(holdoutVerdict(this.#set, this.#objective))

  readonly valued = $derived(valuedPart(this.#set.histogram, this.#part, this.#objective, this.#hasRevenue))
  readonly #learned = $derived(valuedPart(this.#set.histogram, 'training', this.#objective, this.#hasRevenue))
  readonly #unseen = $derived(partHistogram(this.#set.histogram, 'holdout', this.#objective))

  /** At your cut, per part. */
  readonly at: CutFigures = $derived(this.#atCut(this.valued.histogram))
  readonly trainingAt: CutFigures = $derived(this.#atCut(this.#learned.histogram))
  readonly holdoutAt: CutFigures = $derived(this.#atCut(this.#unseen))

  #atCut(histogram: Parameters<typeof atCut>[0]): CutFigures {
    return atCut(histogram, riskiestBins(this.cut, this.#objective))
  }

  /** The score of the widest gap; undefined where no cut parts the two at all. */
  readonly ksCut = $derived.by(() => {
    const { ks } = this.figures
    return ks && ks.after >= 0 ? scoreOfBins(ks.after + 1, this.#objective) : undefined
  })

  readonly curve = $derived(flaggingCurve(this.valued.histogram))

  readonly #risks = $derived(scoreRisks(this.#objective))
  /** From the training customers; undefined where none can be made. */
  readonly calibration: Calibration | undefined = $derived.by(() => {
    const found = calibrate(this.#learned.histogram, this.#risks)
    return found.ok ? found.value : undefined
  })
  readonly #chance = $derived(this.calibration && chances(this.calibration, this.#risks))
  readonly brier = $derived(this.#brierOf(this.valued.histogram))
  readonly trainingBrier = $derived(this.#brierOf(this.#learned.histogram))
  readonly holdoutBrier = $derived(this.#brierOf(this.#unseen))
  readonly tenths = $derived(this.#chance && reliability(this.valued.histogram, this.#chance))

  #brierOf(histogram: Parameters<typeof brierScore>[0]): BrierScore | undefined {
    return this.#chance && brierScore(histogram, this.#chance)
  }

  readonly bands = $derived(scoreBands(this.#set.histogram, this.#part))
  readonly expectedBands = $derived(
    this.calibration && expectedPerBand(this.#set.histogram, this.#part, this.calibration, this.#objective),
  )

  /** What every number of riskiest bins is worth when flagged. */
  readonly values = $derived(this.#economics && valueCurve(this.valued, this.#economics))
  readonly worth = $derived(this.#economics ? worthCurve(this.valued, this.#economics, this.#objective) : [])
  readonly ownWorth = $derived(this.#economics && worthAt(this.valued, this.#economics, this.cut, this.#objective))
  /** Chosen on the training customers, valued on those of the part. */
  readonly best = $derived.by(() => {
    const [economics, objective] = [this.#economics, this.#objective]
    const found = economics && bestCut(this.#learned, economics, objective)
    const worth = found && worthAt(this.valued, economics, found.cut, objective)
    return worth && { ...found, worth }
  })
  readonly campaigns = $derived(campaigns(this.valued, this.#economics))

  /** Of one customer of the part a month, on average, in whole units; undefined without a column. */
  readonly meanRevenue = $derived.by(() => {
    if (!this.#hasRevenue) return undefined
    const { events, nonEvents } = partRevenue(this.#set.histogram, this.#part, this.#objective)
    const { customers } = totals(this.valued.histogram)
    const all = [events, nonEvents].reduce((sum, each) => sum + each.reduce((a, b) => a + b, 0), 0)
    return customers === 0 ? undefined : all / customers / 100
  })

  /** Today's customers, or all there are, riskiest first. */
  readonly #list = $derived.by(() => {
    const { counts, revenue } = everybody((this.#current ?? this.#set).histogram)
    return this.#objective === 'churn'
      ? { counts, revenue }
      : { counts: counts.toReversed(), revenue: revenue.toReversed() }
  })
  readonly #listed = $derived(this.#list.counts.reduce((sum, count) => sum + count, 0))

  /** What the best cut is expected to bring among today's customers, by the chances that the calibration gives. */
  readonly expected = $derived.by(() => {
    const [economics, chance, { best }] = [this.#economics, this.#chance, this]
    if (!this.#current || !economics || !chance || !best) return undefined
    const { counts, revenue } = this.#list
    const histogram = expectedOutcomes(counts, chance)
    const eventRevenue = this.#hasRevenue && { eventRevenue: revenue.map((sum, bin) => sum * chance[bin]!) }
    const worth = worthAt({ histogram, ...eventRevenue }, economics, best.cut, this.#objective)
    return worth && { customers: this.#listed, value: worth.net, flagged: worth.flagged }
  })
  /** The cut that keeps to what the team can reach, among today's customers. */
  readonly within = $derived.by(() => {
    const { capacity } = this.#asked()
    if (capacity === undefined) return undefined
    const found = withinCapacity(this.#list.counts, capacity)
    return { ...found, cut: roundestCut(found, this.#objective), customers: this.#listed }
  })

  /** The tiers, lowest scores first, with what the training customers let expect and what their customers pay. */
  readonly tiers = $derived.by(() => {
    const { events, nonEvents } = partRevenue(this.#set.histogram, this.#part, 'churn')
    const [lost, kept] = [perTier(events, this.#tiers), perTier(nonEvents, this.#tiers)]
    const hoped = this.#expectedEvents && perTier(this.#expectedEvents, this.#tiers)
    return this.figures.tiers.map((tier, i) => ({
      ...tier,
      chance: hoped && tier.customers > 0 ? hoped[i]! / tier.customers : undefined,
      revenue: this.#hasRevenue ? (lost[i]! + kept[i]!) / 100 : undefined,
      lost: this.#hasRevenue ? lost[i]! / 100 : undefined,
    }))
  })
  /** Per score from 0 up: how many events the chances let expect among the customers of the part. */
  readonly #expectedEvents = $derived.by(() => {
    const chance = this.#chance
    if (!chance) return undefined
    const { events, nonEvents } = this.valued.histogram
    const perBin = Float64Array.from(events, (count, bin) => {
      const customers = count + nonEvents[bin]!
      return customers === 0 ? 0 : customers * chance[bin]!
    })
    return this.#objective === 'churn' ? perBin : perBin.reverse()
  })

  /** Of all with a known outcome: those with the event in the safest tier, and those without it in the riskiest. */
  readonly misses = $derived.by(() => {
    const { tiers } = backtest(this.#set, 'all', this.#judging)
    const ordered = this.#objective === 'churn' ? tiers : tiers.toReversed()
    const [riskiest, safest] = [ordered[0]!, ordered.at(-1)!]
    return { missed: safest.events, spared: riskiest.customers - riskiest.events, riskiest, safest }
  })

  /** Customers of all data that judge, scored or not, without those whose outcome is not known. */
  readonly notScored = $derived(tierCounts(this.#set, this.#tiers).notScored)
}
