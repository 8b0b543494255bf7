import type { HealthModel } from '../model/health-model'

/** A list of customers whom the score was most wrong about. */
export interface MissWords {
  /** "Green churners". */
  readonly name: string
  /** What it is for, in a few words. */
  readonly hint: string
}

/** How people speak of what reaching a customer costs and brings. */
export interface WorthWords {
  readonly cost: string
  readonly rate: string
  readonly value: string
  /** What has to be typed before anything can be worked out. */
  readonly ask: string
  readonly netValue: string
  /** "outreach never pays", "an offer pays when". */
  readonly outreach: string
}

/** How people speak of what a model predicts, and on which side of a cut it expects that. */
export interface OutcomeWords {
  /** "568 of 2,113 churned". */
  readonly happened: string
  /** "of all retained". */
  readonly stayed: string
  /** "do not predict churn", "the churn chance". */
  readonly event: string
  /** "yet they left". */
  readonly did: string
  /** "yet they stayed". */
  readonly didNot: string
  /** "after a customer decides to leave". */
  readonly decision: string
  /** Where the flagged are: "below 41", "from 41 up". */
  readonly flagged: (cut: string) => string
  /** "the lowest-scoring 10%". */
  readonly riskiest: 'lowest' | 'highest'
  /** How the score of who has the event compares with that of who has not. */
  readonly scores: 'lower' | 'higher'
  /** What a score means: "the same risk". */
  readonly risk: string
  /** Of an order of customers: "riskiest first". */
  readonly likeliest: string
  /** Who is to be reached before others: "whom to call first". */
  readonly reach: string
  /** Of a tier's revenue, that of the customers with the event: "of it lost". */
  readonly revenue: string
  /** Those with the event in the safest tier, and those without it in the riskiest. */
  readonly missed: MissWords
  readonly spared: MissWords
  readonly worth: WorthWords
}

const WORDS: Readonly<Record<HealthModel['objective'], OutcomeWords>> = {
  churn: {
    happened: 'churned',
    stayed: 'retained',
    event: 'churn',
    did: 'left',
    didNot: 'stayed',
    decision: 'to leave',
    flagged: (cut) => `below ${cut}`,
    riskiest: 'lowest',
    scores: 'lower',
    risk: 'risk',
    likeliest: 'riskiest',
    reach: 'whom to call first',
    revenue: 'of it lost',
    missed: { name: 'Green churners', hint: 'healthy, yet they left' },
    spared: { name: 'Red keepers', hint: 'at risk, yet they stayed' },
    worth: {
      cost: 'Cost of one outreach',
      rate: 'Save rate of those reached',
      value: 'Value of a kept customer',
      ask: 'Type what reaching one customer costs, how many of the reached who would have churned you keep, and what one is worth.',
      netValue: 'saved customers × value − outreach × cost',
      outreach: 'outreach',
    },
  },
  expand: {
    happened: 'expanded',
    stayed: 'unchanged',
    event: 'expansion',
    did: 'expanded',
    didNot: 'did not expand',
    decision: 'to expand',
    flagged: (cut) => `from ${cut} up`,
    riskiest: 'highest',
    scores: 'higher',
    risk: 'chance',
    likeliest: 'likeliest',
    reach: 'whom to ask first',
    revenue: 'of those',
    missed: { name: 'Red expanders', hint: 'low score, yet they expanded' },
    spared: { name: 'Green stayers', hint: 'high score, yet they did not expand' },
    worth: {
      cost: 'Cost of one offer',
      rate: 'Share who buy when asked',
      value: 'Value of an expansion',
      ask: 'Type what one offer costs, how many of those who are ready to expand buy when asked, and what one expansion is worth.',
      netValue: 'expansions won × value − offers × cost',
      outreach: 'an offer',
    },
  },
}

export function outcomeWords(objective: HealthModel['objective']): OutcomeWords {
  return WORDS[objective]
}

/** What an AUC says, for whoever has not met one. */
export function aucMeaning({ happened, stayed, scores }: OutcomeWords): string {
  return `If you pick one ${happened} and one ${stayed} customer at random, how often the ${happened} one scores ${scores}. 0.5 is a coin toss, 1.0 is perfect.`
}
