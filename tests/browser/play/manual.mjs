// manual.mjs - the manual has a page for each act of a person who works on requests, and its pictures are there.
// A page says at its end, in a comment, which routes it is about: <!-- 办理的网址：/desk/requests/:id/confirm … -->
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pictureNames } from './pictures.mjs';

const MANUAL = new URL('../../../docs/manual/', import.meta.url).pathname;
const PICTURES = join(MANUAL, 'pictures');
const MAX_BYTES = 3 << 20;
/* Whose acts these are: clerk, reviewer, signer, adviser; the supervisor's on cases. */
const ACTS = new Set(['request_read', 'request_write', 'request_assign', 'request_import', 'request_decide', 'request_advise',
	'dispute_write', 'statistics_write', 'report_write', 'report_approve', 'supervise']);

export function manualFaults(program) {
	const faults = [], told = new Set(), shown = new Set(), listed = readFileSync(join(MANUAL, 'README.md'), 'utf8');
	for (const file of readdirSync(MANUAL).filter((f) => f.endsWith('.md'))) {
		const text = readFileSync(join(MANUAL, file), 'utf8');
		if (file !== 'README.md' && !listed.includes(`(${file})`)) faults.push(`README.md does not name ${file}`);
		for (const [, name] of text.matchAll(/!\[[^\]]*\]\(pictures\/([^)]*)\.png\)/g)) {
			shown.add(name);
			if (!existsSync(join(PICTURES, `${name}.png`))) faults.push(`${file}: no picture ${name}.png`);
		}
		for (const [, target] of text.matchAll(/\]\(([\w-]+\.md)\)/g))
			if (!existsSync(join(MANUAL, target))) faults.push(`${file}: no page ${target}`);
		for (const [, routes] of text.matchAll(/<!-- 办理的网址：([^>]*)-->/g)) {
			for (const route of routes.trim().split(/\s+/)) told.add(route);
			if (!text.includes('](pictures/')) faults.push(`${file}: an act without a picture`);
		}
	}
	const routes = execFileSync(program, ['routes'], { encoding: 'utf8' }).split('\n').map((line) => line.trim().split(/\s+/));
	/* A page about a whole room says /desk/disputes/*. */
	const covers = (route, path) => route === path || (route.endsWith('/*') && path.startsWith(route.slice(0, -1)));
	for (const [method, path, permission] of routes)
		if (method === 'POST' && ACTS.has(permission) && ![...told].some((route) => covers(route, path))) faults.push(`no page is about POST ${path}`);
	for (const route of told) if (!routes.some(([, path]) => path && covers(route, path))) faults.push(`there is no ${route} any more`);
	for (const name of pictureNames) if (!shown.has(name)) faults.push(`no page shows ${name}.png`);
	const files = existsSync(PICTURES) ? readdirSync(PICTURES) : [];
	for (const file of files) if (!pictureNames.includes(file.replace('.png', ''))) faults.push(`nobody takes ${file}`);
	const bytes = files.reduce((sum, file) => sum + statSync(join(PICTURES, file)).size, 0);
	if (bytes > MAX_BYTES) faults.push(`the pictures have ${bytes} bytes`);
	return faults;
}
