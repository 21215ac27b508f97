/*
 * site.mjs - the sample site in a real browser: its public pages, and the desk as each role.
 *
 *   node tests/browser/site.mjs PROGRAM [PICTURES]
 *
 * Makes the sample site, serves it, signs in, and hands all lists of pages to run.mjs. A list is a file
 * beside this one, public.txt or ROLE.txt: a path a line, then the status it must have (200 if none).
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, samplePasswords, sampleSite, serve } from '../lib/client.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const pictures = process.argv[3];
const here = new URL('.', import.meta.url).pathname;
const dir = mkdtempSync(join(tmpdir(), 'gongkai-browser-'));
let passed = 0, failed = 0, server;

// Somebody who fills in a form, and follows a request that was answered with a code handed out at the desk.
async function applicant(file) {
	const clerk = new Client(server.url), citizen = new Client(server.url);
	await clerk.signIn('clerk', samplePasswords(dir).clerk);
	const told = JSON.parse((await clerk.get('/answers.json')).text).items[0];
	await citizen.post('/request', await citizen.form('/request', '/request'));
	await citizen.post('/request/ask', { ...await citizen.form('/request/ask', '/request/ask'), content: `请公开${told.title}` });
	const answered = JSON.parse((await clerk.get('/desk/requests.json?state=closed')).text).items.find((r) => r.outcome === 'granted');
	const desk = `/desk/requests/${answered.id}/code`;
	const page = await clerk.post(desk, { ...await clerk.form(desk, desk), reason: '当面核对居民身份证' });
	await citizen.post('/request/progress', {
		...await citizen.form('/request/progress', '/request/progress'), number: answered.number, code: /id="code">([^<]*)</.exec(page.text)[1],
	});
	const { letters } = JSON.parse((await citizen.get('/request/progress.json')).text);
	const list = join(dir, file);
	writeFileSync(list, readFileSync(join(here, file), 'utf8').replace('LETTER', /letters\/(\d+)/.exec(letters.at(-1).pdf)[1]));
	return { cookies: [...citizen.cookies].map(([name, value]) => `${name}=${value}`).join('; '), list };
}

// A report that is being written: where its desk page is.
async function drafted(clerk) {
	const made = await clerk.post('/desk/reports', { ...await clerk.form('/desk/reports?year=2021', '/desk/reports'), unit: 'YXZF', year: '2021' });
	return new URL(made.headers.location, server.url).pathname;
}

// A reply that was served and waits for the archive: by the commands of an office.
function served(pages, draft) {
	const run = (...words) => execFileSync(program, [...words, '--data', dir], { encoding: 'utf8' });
	const { number } = JSON.parse(run('request', 'register', '--unit', 'YXZF', '--channel', '当面提交', '--applicant', '自然人', '--text', '2019年度部门决算', '--json'));
	const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
	const reply = (verb, as, ...more) => run('reply', verb, number, ...more, '--as', as, '--json');
	reply('draft', 'clerk', '--decision', 'give', '--reason', '本应公开');
	reply('draft', 'clerk', '--fact', 'form=纸质复印件', '--addressee', '申请人甲〇一');
	reply('submit', 'clerk');
	reply('review', 'reviewer', '--verdict', 'for');
	reply('advise', 'adviser', '--verdict', 'for', '--text', '依据充分');
	reply('sign', 'signer');
	reply('serve', 'clerk', '--way', 'in_person', '--signed', today, '--addressee', '本人');
	const { id } = JSON.parse(run('request', 'show', number, '--json'));
	const list = join(dir, 'clerk.txt');
	writeFileSync(list, readFileSync(pages, 'utf8').replaceAll('SERVED', id).replaceAll('DRAFT', draft));
	return list;
}

try {
	sampleSite(program, dir);
	server = await serve(program, dir);
	const passwords = samplePasswords(dir);
	const lists = [];
	for (const file of readdirSync(here).filter((f) => f.endsWith('.txt')).sort()) {
		const role = file.slice(0, -4);
		const list = { pages: join(here, file), ...(pictures && { pictures: join(pictures, role) }) };
		if (role === 'applicant') {
			const { cookies, list: pages } = await applicant(file);
			Object.assign(list, { cookie: cookies, pages });
		} else if (role !== 'public') {
			const client = new Client(server.url);
			await client.signIn(role, passwords[role]);
			list.cookie = `gk=${client.cookies.get('gk')}`;
			if (role === 'clerk') list.pages = served(join(here, file), await drafted(client));
		}
		lists.push(list);
	}
	writeFileSync(join(dir, 'lists.json'), JSON.stringify(lists));
	const run = spawn('node', [join(here, 'run.mjs'), '--url', server.url, '--lists', join(dir, 'lists.json')],
		{ stdio: ['ignore', 'pipe', 'inherit'] });
	let said = '';
	run.stdout.setEncoding('utf8').on('data', (text) => {
		process.stdout.write(text);
		said = (said + text).slice(-2000);
	});
	await new Promise((resolve) => run.on('close', resolve));
	const line = /^(\d+) passed, (\d+) failed$/m.exec(said);
	passed = Number(line?.[1] ?? 0);
	failed = Number(line?.[2] ?? 1);
} catch (e) {
	failed++;
	console.log(`not ok - the browser run\n# ${e.stack}`);
} finally {
	if (server) {
		server.child.removeAllListeners('exit');
		server.child.kill('SIGTERM');
	}
	if (existsSync(dir)) rmSync(dir, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
