// crash.mjs - kills the server with SIGKILL at random moments under load, again and again.
//   node tests/crash/crash.mjs PROGRAM [ROUNDS]
// Clerks register requests; each form carries its id. An answer of 303 is an acknowledgement: what it
// acknowledged must be there afterwards, once. A form whose answer was lost is sent again and must not
// double. After every kill the server starts by itself (the supervisor is killed too, every third time).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Tap, samplePasswords, sampleSite, serve } from '../lib/client.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const rounds = Number(process.argv[3] ?? 50);
const CLIENTS = 8;
const tap = new Tap();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-crash-'));
let seed = 20201231;
const random = (n) => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return (seed >>> 8) % n; };
const pause = (ms) => new Promise((r) => setTimeout(r, ms));

// The serving child of a supervisor.
function childOf(pid) {
	for (const p of readdirSync('/proc')) {
		if (!/^\d+$/.test(p)) continue;
		try {
			const stat = readFileSync(`/proc/${p}/stat`, 'utf8');
			if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid) return Number(p);
		} catch { /* ended meanwhile */ }
	}
	return 0;
}

// A folder is free only when the last process that held its lock is gone, which takes a moment.
async function serveAgain() {
	for (let i = 0; ; i++) {
		try {
			return await serve(program, dir);
		} catch (e) {
			if (i === 200 || !e.message.includes('正在被使用')) throw e;
			await pause(50);
		}
	}
}

const acknowledged = new Set(); // contents
const unsure = [];		// { fields, content }: sent, no answer
let serial = 0, running = true, server;

async function clerk(password) {
	let client = null;
	while (running) {
		try {
			if (!client) {
				client = new Client(server.url, { timeout: 4000 });
				await client.signIn('clerk', password);
			}
			const again = unsure.length > 0 && random(2) === 0 ? unsure.shift() : null;
			const hidden = again?.fields ?? await client.form('/desk/requests/new', '/desk/requests/new');
			const content = again?.content ?? `崩溃测试第${serial++}号`;
			const token = again ? (await client.form('/desk/requests/new', '/desk/requests/new'))._csrf : hidden._csrf;
			const fields = { ...hidden, _csrf: token };
			unsure.push({ fields, content });
			const answer = await client.post('/desk/requests/new', {
				...fields, channel: 'in_person', applicant: 'natural_person', submitted_on: '2020-11-02',
				confirmed_on: '2020-11-02', content,
			});
			if (answer.status === 303) {
				acknowledged.add(content);
				const at = unsure.findIndex((u) => u.content === content);
				if (at >= 0) unsure.splice(at, 1);
			} else if (answer.status !== 503) {
				console.log(`# ${answer.status}: ${answer.text.replace(/<[^>]*>|\s+/g, ' ').slice(0, 300)}`);
				client = null;
				await pause(200);
			}
		} catch {
			client = null; // killed under our hands: sign in again
			await pause(30);
		}
	}
}

/* What is asked lies sealed in the database: the program's own list is read. */
function contents() {
	const list = execFileSync(program, ['export', 'requests', '--data', dir], { encoding: 'utf8', maxBuffer: 1 << 28 });
	return [...list.matchAll(/"(崩溃测试第[^"]*)"/g)].map((m) => m[1]);
}

try {
	sampleSite(program, dir);
	const password = samplePasswords(dir).clerk;
	server = await serve(program, dir);
	const clerks = Array.from({ length: CLIENTS }, () => clerk(password));
	for (let round = 0; round < rounds; round++) {
		/* On a slow machine too there is something to lose: something acknowledged since the last kill. */
		const before = acknowledged.size;
		for (let i = 0; i < 300 && acknowledged.size === before; i++) await pause(50);
		await pause(random(500));
		const child = childOf(server.child.pid);
		if (round % 3 === 2) server.child.removeAllListeners('exit'), process.kill(server.child.pid, 'SIGKILL');
		if (child) process.kill(child, 'SIGKILL');
		if (round % 3 === 2) {
			await pause(50);
			server = await serveAgain();
		} else {
			// The supervisor starts another after a second, on a new port when the port was free to choose.
			for (let i = 0; i < 100 && !childOf(server.child.pid); i++) await pause(50);
			server.child.removeAllListeners('exit');
			process.kill(server.child.pid, 'SIGTERM');
			await pause(50);
			for (let i = 0; i < 100 && childOf(server.child.pid); i++) await pause(50);
			server = await serveAgain();
		}
	}
	await pause(1000);
	running = false;
	await Promise.all(clerks);
	server.child.removeAllListeners('exit');
	const there = contents();
	const counted = new Map();
	for (const c of there) counted.set(c, (counted.get(c) ?? 0) + 1);
	const lost = [...acknowledged].filter((c) => !counted.has(c));
	const doubled = [...counted].filter(([, n]) => n > 1);
	console.log(`# ${rounds} kills, ${serial} forms, ${acknowledged.size} acknowledged, ${there.length} stored`);
	tap.ok(acknowledged.size >= rounds, 'there was load', `${acknowledged.size} acknowledged`);
	tap.ok(lost.length === 0, 'no acknowledged registration is lost', lost.slice(0, 5).join(' '));
	tap.ok(doubled.length === 0, 'no registration is doubled', doubled.slice(0, 5).join(' '));
	process.kill(server.child.pid, 'SIGTERM');
	await pause(500);
	const check = execFileSync('sqlite3', [join(dir, 'site.db'), 'PRAGMA integrity_check; PRAGMA foreign_key_check;'], { encoding: 'utf8' });
	tap.ok(check.trim() === 'ok', 'the database is whole', check);
	let verdict = '';
	try { verdict = execFileSync(program, ['verify', '--data', dir], { encoding: 'utf8' }); } catch (e) { verdict = e.stdout; }
	tap.ok(verdict.includes('完整：'), 'the ledger is whole', verdict);
} catch (e) {
	tap.ok(false, 'the crash test ran', e.stack);
	if (server) { server.child.removeAllListeners('exit'); console.log(`# ${server.log().slice(-3000)}`); }
} finally {
	running = false;
	try { process.kill(server.child.pid, 'SIGKILL'); } catch { /* ended */ }
	rmSync(dir, { recursive: true, force: true });
}
tap.end();
