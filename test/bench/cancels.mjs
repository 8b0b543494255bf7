import { benchPage } from './page.mjs'
import { importFile } from './import-files.mjs'
import { chromium } from '@playwright/test'
import { mkdtempSync } from 'node:fs'
import { launchOptions } from '../tools/browser.mjs'
const s = await benchPage()
for (const [format, count] of [['csv',1e6],['json',500000],['parquet',1e6],['xlsx',100000]].filter(([f])=>!process.argv[2]||process.argv.includes(f))) {
const file = await importFile(format, count, 16)
const ctx = await chromium.launchPersistentContext(mkdtempSync('/tmp/scratch/prof/p-'), launchOptions())
const page = await ctx.newPage(); await page.goto(s.url); await page.waitForFunction(()=>'imports' in window)
await page.locator('input').setInputFiles(file.path)
const {whole, waits} = await page.evaluate(n=>window.imports.cancels(n), 10)
console.log(format, whole, waits.map(Math.round).join(' '))
await ctx.close() }
await s.close()
