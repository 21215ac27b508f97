/*
 * play.mjs - one request of each outcome, from the citizen's form to the archive, by clicking.
 *
 *   node tests/browser/play.mjs PROGRAM CLOCK.so [LINE…]
 *
 * Two empty sites are made by commands, one in the time of each form of the annual report. Citizens and officers of
 * every role then work in Chromium through a year (tests/browser/play/plan.mjs), more than half of them without
 * script, one request by keyboard only. At the end the report of each site shows one request in each line of table 三.
 * LINEs, as in "2025 granted", choose what is played, "tour" the lists; then the report is not looked at. PICTURES=DIR takes the pictures of the manual on the way.
 */
import { chromium } from 'playwright-core';
import { Tap } from '../lib/client.mjs';
import { FORM_A, FORM_B } from './play/plan.mjs';
import { Pictures } from './play/pictures.mjs';
import { Year } from './play/year.mjs';
import { manualFaults } from './play/manual.mjs';

const [program = 'build/gongkai', clock = 'build/tests/clock.so', ...lines] = process.argv.slice(2);
const tap = new Tap();
const started = Date.now();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true,
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const pictures = new Pictures(process.env.PICTURES);
const chosen = (plan) => (lines.length === 0 ? plan : { ...plan, part: true, tour: plan.tour && lines.includes('tour'), plays: plan.plays.filter((p) => lines.some((w) => `${plan.year} ${p.row}`.includes(w))) });
const years = [FORM_A, FORM_B].map((plan) => new Year(chosen(plan), program, clock, browser, tap, plan === FORM_B ? pictures : new Pictures())).filter((year) => year.plan.plays.length > 0);

try {
	/* Both years at once: two cores, and each waits for the other's pages. */
	for (const result of await Promise.allSettled(years.map((year) => year.play())))
		if (result.status === 'rejected') tap.ok(false, 'the year is played to its end', result.reason.stack);
	const faults = manualFaults(program);
	tap.ok(faults.length === 0, 'the manual has a page for each act, and its pictures', faults.join('\n'));
} catch (e) {
	tap.ok(false, 'the play goes on to its end', e.stack);
} finally {
	for (const year of years) await year.end().catch(() => {});
	await browser.close();
}
console.log(`# ${years.reduce((sum, y) => sum + y.site.looks, 0)} pages in ${Math.round((Date.now() - started) / 1000)} s`);
tap.end();
