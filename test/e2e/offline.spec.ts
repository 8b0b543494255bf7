import { expect, figures, test } from '../support/app'
import { modelShown, openSample, saved } from '../support/workbook'

test('after the first visit the page works without a server, from a sub-path, with no other request', async ({
  page,
  app,
  context,
  problems,
}) => {
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  await openSample(page, app.url)
  const before = await figures(page)
  await saved(page)
  await app.close()
  await context.setOffline(true)
  await page.reload()
  await modelShown(page)
  expect(await figures(page)).toEqual(before)
  expect(
    urls.filter((url) => !url.startsWith(app.url) && !url.startsWith('data:') && !url.startsWith('blob:')),
  ).toEqual([])
  expect(problems).toEqual([])
})
