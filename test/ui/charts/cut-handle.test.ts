import { beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import CutHandle from '../../../src/ui/charts/CutHandle.svelte'

const onmove = vi.fn()
const onend = vi.fn()
const ontype = vi.fn<(text: string) => string | undefined>()

beforeEach(() => {
  vi.resetAllMocks()
  render(CutHandle, {
    label: 'Cut',
    cut: 41,
    least: 0.01,
    most: 70.99,
    readonly: false,
    scoreAt: (x: number) => x,
    onmove,
    onend,
    ontype,
  })
})

const handle = () => page.getByRole('slider', { name: 'Cut' })

describe('a cut', () => {
  test('says its value and its limits', async () => {
    await expect.element(handle()).toHaveAttribute('aria-valuenow', '41')
    await expect.element(handle()).toHaveAttribute('aria-valuemax', '70.99')
  })

  test.each([
    ['{ArrowRight}', 42],
    ['{ArrowLeft}', 40],
    ['{Shift>}{ArrowRight}{/Shift}', 46],
    ['{Home}', 0.01],
    ['{End}', 70.99],
  ])('%s moves it to %d and that is one step', async (keys, to) => {
    handle().element().focus()
    await userEvent.keyboard(keys)
    expect(onmove).toHaveBeenCalledWith(to)
    expect(onend).toHaveBeenCalledWith(true)
  })

  test('is typed on its handle; what cannot be a cut says why', async () => {
    ontype.mockReturnValueOnce('cuts cannot cross')
    handle().element().focus()
    await userEvent.keyboard('80{Enter}')
    expect(ontype).toHaveBeenCalledWith('80')
    await expect.element(page.getByRole('alert')).toHaveTextContent('cuts cannot cross')
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  })
})
