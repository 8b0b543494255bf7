import { duplicateMetric, moveMetric, scaleWeights, setOn, setCategory } from '../../../core/model/edit'
import type { MenuItem } from '../../parts/menu-item'
import type { Session } from '../../../state/session.svelte'
import type { Workbook } from '../../../state/workbook.svelte'
import type { MetricRow, ModelRow } from './rows'

/** What can be done with a row. */
export function rowMenu(row: ModelRow, session: Session, workbook: Workbook, onadd: () => void): MenuItem[] {
  if (row.kind === 'total' || workbook.readOnly) return []
  if (row.kind === 'category') {
    const { name } = row
    const members = workbook.model.metrics.filter(({ category }) => category === name)
    const anyOn = members.some(({ on }) => on)
    return [
      {
        label: anyOn ? 'Turn all off' : 'Turn all on',
        run: () =>
          workbook.edit((model) =>
            members
              .filter(({ suspect }) => anyOn || !suspect || suspect.checked)
              .reduce((now, { id }) => setOn(now, id, !anyOn), model),
          ),
      },
      {
        label: 'Double its weight',
        disabled: row.weight === 0,
        run: () =>
          workbook.edit((model) => scaleWeights(model, ({ category, on }) => category === name && on, 2 * row.weight)),
      },
      { label: 'Add metric', hint: 'Ctrl Shift Enter', apart: true, run: onadd },
    ]
  }
  return metricMenu(row, session, workbook, onadd)
}

function metricMenu({ metric }: MetricRow, session: Session, workbook: Workbook, onadd: () => void): MenuItem[] {
  const { id } = metric
  const ids = workbook.model.metrics.map((each) => each.id)
  const at = ids.indexOf(id)
  const leak = !metric.on && metric.suspect && !metric.suspect.checked
  const categories = [...new Set(workbook.model.metrics.map(({ category }) => category))]
  return [
    { label: 'Add metric', hint: 'Ctrl Shift Enter', run: onadd },
    { label: 'Duplicate', run: () => workbook.edit((model) => duplicateMetric(model, id)) },
    {
      label: metric.on ? 'Turn off' : 'Turn on',
      hint: 'Space',
      run: () => {
        if (leak) session.view.leak = id
        else workbook.edit((model) => setOn(model, id, !metric.on))
      },
    },
    {
      label: 'Move up',
      apart: true,
      disabled: at === 0,
      run: () => workbook.edit((model) => moveMetric(model, id, ids[at - 1])),
    },
    {
      label: 'Move down',
      disabled: at === ids.length - 1,
      run: () => workbook.edit((model) => moveMetric(model, ids[at + 1]!, id)),
    },
    ...categories
      .filter((category) => category !== metric.category)
      .map((category, i): MenuItem => ({
        label: `Move to ${category}`,
        apart: i === 0,
        run: () => workbook.edit((model) => setCategory(model, id, category)),
      })),
    {
      label: 'Delete metric',
      hint: 'Del',
      apart: true,
      run: () => {
        workbook.edit((model) => ({ ...model, metrics: model.metrics.filter((each) => each.id !== id) }))
        session.toasts.show(`Deleted ${metric.name}`, () => workbook.undo())
      },
    },
  ]
}
