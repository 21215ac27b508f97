// backup.mjs - a backup beside a server that writes, killed at random, restored elsewhere, damaged.
//   node tests/crash/backup.mjs PROGRAM
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Tap, samplePasswords, sampleSite, serve } from '../lib/client.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const tap = new Tap();
const root = mkdtempSync(join(tmpdir(), 'gongkai-backup-'));
const dir = join(root, 'site'), file = join(root, 'b.gkb'), keys = join(root, 'k.gkb');
const run = (...words) => spawnSync(program, words, { encoding: 'utf8' });
const good = (r, name, want) => tap.ok(r.status === 0 && r.stdout.includes(want), name, `${r.status} ${r.stdout} ${r.stderr}`);
const bad = (r, name, want) => tap.ok(r.status !== 0 && r.stderr.includes(want), name, `${r.status} ${r.stdout} ${r.stderr}`);
const eventsOf = (r) => Number(/(\d+) 条/.exec(r.stdout)?.[1]);

// One registration after another, until told to stop.
function load(url, password) {
	let stop = false, written = 0;
	const done = (async () => {
		const client = new Client(url);
		await client.signIn('clerk', password);
		while (!stop) {
			const fields = await client.form('/desk/requests/new', '/desk/requests/new');
			const a = await client.post('/desk/requests/new', { ...fields, channel: 'web', applicant: 'natural_person', submitted_on: '2020-11-02', content: `第${written}件` });
			if (a.status !== 303) throw new Error(`register: ${a.status}`);
			written++;
		}
	})();
	return { end: async () => { stop = true; await done; return written; }, count: () => written };
}

async function killed() {
	let kept = 0, whole = 0;
	for (let i = 0; i < 12; i++) {
		const before = existsSync(file);
		const child = spawn(program, ['backup', file, '--data', dir], { stdio: 'ignore' });
		const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal)));
		setTimeout(() => child.kill('SIGKILL'), 4 + i * 9);
		const signal = await ended;
		const there = existsSync(file);
		kept += signal === 'SIGKILL' && there === before ? 1 : 0;
		whole += there && run('restore', file, '--check').status !== 0 ? 1 : 0;
	}
	tap.ok(whole === 0, 'whatever has the name of the backup is whole, however often it was killed', `${whole} broken, ${kept} left as they were`);
}

sampleSite(program, dir);
const server = await serve(program, dir);
try {
	const writer = load(server.url, samplePasswords(dir).clerk);
	await killed();
	const at = writer.count();
	const made = run('backup', file, '--keys', keys, '--data', dir);
	good(made, 'a backup beside a writing server', '已备份到');
	const written = await writer.end();
	tap.ok(written > at && at > 0, 'the server wrote meanwhile', `${at} ${written}`);
	tap.ok((statSync(file).mode & 0o077) === 0 && (statSync(keys).mode & 0o077) === 0, 'nobody else may read it');
	tap.ok(readdirSync(root).sort().join() === 'b.gkb,k.gkb,site', 'and nothing is left beside it', readdirSync(root).join());
	tap.ok(!readFileSync(file).includes(readFileSync(join(dir, 'secret'))), 'the key is not in it');
	const checked = run('restore', file, '--check');
	good(checked, 'it checks', '链条完整');

	const to = join(root, 'restored');
	good(run('restore', file, '--data', to, '--keys', keys), 'restored', '已恢复到');
	const verified = run('verify', '--data', to);
	tap.ok(verified.status === 0 && eventsOf(verified) === eventsOf(made), 'with the chain of the backup', verified.stdout);
	tap.ok(readFileSync(join(to, 'secret')).equals(readFileSync(join(dir, 'secret'))), 'and its key');
	bad(run('restore', file, '--data', to), 'a site that is there is not overwritten', '不会覆盖');
	const second = await serve(program, to);
	const page = await new Client(second.url).get('/');
	tap.ok(page.status === 200, 'it serves', page.status);
	second.child.removeAllListeners('exit');
	second.child.kill('SIGTERM');

	const bytes = readFileSync(file), broken = join(root, 'broken.gkb');
	for (const where of [3, 90, 4096, bytes.length >> 1, bytes.length - 100, bytes.length - 5]) {
		const copy = Buffer.from(bytes);
		copy[where] ^= 0x10;
		writeFileSync(broken, copy);
		const fresh = join(root, `flip-${where}`);
		const r = run('restore', broken, '--data', fresh);
		tap.ok(r.status === 2 && !existsSync(join(fresh, 'site.db')), `byte ${where} flipped: refused, nothing restored`, `${r.status} ${r.stderr}`);
	}
	bad(run('restore', join(dir, 'site.db'), '--data', join(root, 'x')), 'what is no backup', '不是 gongkai 的备份文件');
	bad(run('backup', join(root, 'no/such/b.gkb'), '--data', dir), 'no such folder', '');

	good(run('rebuild', '--data', dir), 'rebuild goes through the running server', '改正 0 处');
} catch (e) {
	tap.ok(false, 'it ends', e.stack);
} finally {
	server.child.removeAllListeners('exit');
	server.child.kill('SIGTERM');
	rmSync(root, { recursive: true, force: true });
}
tap.end();
