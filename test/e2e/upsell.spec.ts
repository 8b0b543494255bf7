import { expect, figure, settled, test } from '../support/app'
import { chooseFile, modelShown, openPage } from '../support/workbook'

/** Whoever bought more logs in more and has the larger plan; order forms are filled in only for them. */
function upsold(): { name: string; text: string } {
  const lines = Array.from({ length: 600 }, (_, i) => {
    const more = i % 4 === 0
    return `C-${i},${((i * 37) % 101) / 10 + (more ? 4 : 0)},${(i * 7) % 5},${more ? 'signed' : ''},${more ? 'Yes' : 'No'}`
  })
  return { name: 'upsell.csv', text: `customer_id,logins,tickets,order_form,upsold\n${lines.join('\n')}\n` }
}

test('a file that says who was upsold: words, model and figures are of expansion, and a person may say otherwise', async ({
  page,
  app,
  problems,
}) => {
  await openPage(page, app.url)
  await chooseFile(page, upsold())
  await expect(page.getByLabel('Who expanded')).toHaveValue('upsold')
  await expect(page.getByText('25% expanded', { exact: true })).toBeVisible()
  await expect(page.getByRole('group', { name: 'Which value means expanded' })).toBeVisible()
  await expect(page.getByText(/all of whom expanded\.$/)).toBeVisible()

  const told = page.getByRole('group', { name: 'What the outcome tells' })
  await expect(told.getByRole('button', { name: 'Expanded' })).toHaveAttribute('aria-pressed', 'true')
  await told.getByRole('button', { name: 'Churned' }).press('Enter')
  await expect(page.getByLabel('Who churned')).toHaveValue('upsold')
  await expect(page.getByText('named like who expanded', { exact: true })).toBeVisible()
  await told.getByRole('button', { name: 'Expanded' }).press('Space')
  await expect(page.getByLabel('Who expanded')).toHaveValue('upsold')

  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await modelShown(page)
  const auc = await figure(page, 'training:auc')
  expect(auc).toBeGreaterThan(0.75)

  // In a model that is there already, what the outcome tells is one step that can be taken back.
  await page.getByRole('link', { name: 'Data' }).click()
  const still = page.getByText('Scales and tiers are still those for who expanded')
  await expect(still).toHaveCount(0)
  await told.getByRole('button', { name: 'Churned' }).click()
  await settled(page)
  await expect(still).toContainText('a new model has those for who churned.')
  await page.getByRole('link', { name: 'Model' }).click()
  await settled(page)
  expect(await figure(page, 'training:auc')).toBeCloseTo(1 - auc, 9)
  await page.getByRole('button', { name: 'Undo: objective' }).click()
  await settled(page)
  expect(await figure(page, 'training:auc')).toBe(auc)
  expect(problems).toEqual([])
})
