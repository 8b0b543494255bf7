/** Least customers of each outcome that anything is judged on (backtest.md, Verdict). */
export const LEAST = 10

/** Whether either outcome has too few customers to judge anything on. */
export function tooFew(events: number, nonEvents: number): boolean {
  return events < LEAST || nonEvents < LEAST
}
