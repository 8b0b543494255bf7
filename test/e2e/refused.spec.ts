import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, figures, test } from '../support/app'
import { chooseFile, modelShown, openPage, openSample } from '../support/workbook'

test('case 30: a file that changes while it is read is told of in words, and what was open stays', async ({
  page,
  app,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'healthsheet-'))
  const path = join(folder, 'big.csv')
  const lines = Array.from({ length: 900_000 }, (_, i) => `C-${i},${i % 50},text ${i},${i % 4 === 0 ? 'Yes' : 'No'}\n`)
  writeFileSync(path, `customer_id,logins,note,churned\n${lines.join('')}`)
  await openSample(page, app.url)
  const before = await figures(page)
  await chooseFile(page, path)
  await expect(page.getByRole('status').filter({ hasText: /^[1-9][\d,]* rows/ })).toBeVisible()
  appendFileSync(path, 'C-x,1,one more,No\n'.repeat(1000))
  await expect(page.getByRole('alert').filter({ hasText: 'big.csv changed while it was read' })).toContainText(
    'nothing of it was taken. Read it again.',
  )
  await page.getByRole('link', { name: 'Model' }).click()
  expect(await figures(page)).toEqual(before)
  rmSync(folder, { recursive: true })
})

test('case 31: names and cells that would be markup, and invisible characters, are shown as text', async ({
  page,
  app,
  problems,
}) => {
  const evil = '<img src=x onerror=window.__x=1>'
  const names = ['customer_id', evil, '\u202Eevil', '__proto__', 'constructor', '', '', 'churned']
  const lines = Array.from({ length: 120 }, (_, i) => `C-${i},${evil} ${i % 3},${i % 7},${i % 5},${i % 4},${i % 9},${i % 6},${i % 4 === 0 ? 'Yes' : 'No'}`) // prettier-ignore
  await openPage(page, app.url)
  await chooseFile(page, { name: 'odd.csv', text: `${names.join(',')}\n${lines.join('\n')}\n` })
  await expect(page.getByText('What is what in odd.csv')).toBeVisible()
  await expect(page.getByText(evil, { exact: true }).filter({ visible: true }).first()).toBeVisible()
  await expect(page.getByText('\uFFFDevil', { exact: true }).filter({ visible: true }).first()).toBeVisible()
  await expect(page.getByText('__proto__', { exact: true }).filter({ visible: true }).first()).toBeVisible()
  await expect(page.getByText(/2 columns have no name in line 1/).first()).toBeAttached()
  await page.getByRole('button', { name: 'Continue to metrics' }).click()
  await modelShown(page)
  expect(await page.evaluate(() => '__x' in window)).toBe(false)
  expect(await page.locator('img[src="x"]').count()).toBe(0)
  expect(problems).toEqual([])
})
