// own.mjs - one's own account and the site's units, over HTTP and on the command line; programs with tokens.
//   node tests/desk/own.mjs PROGRAM
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Tap, samplePasswords, sampleSite, serve } from '../lib/client.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const tap = new Tap();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-own-'));
const json = (answer) => JSON.parse(answer.text);

async function signedIn(url, name, password) {
	const client = new Client(url);
	await client.signIn(name, password);
	return client;
}

// A program: a token, JSON, no cookies.
class Program {
	constructor(url, token) { this.client = new Client(url); this.token = token; }
	headers(more = {}) { return { authorization: `Bearer ${this.token}`, ...more }; }
	get(path) { return this.client.request('GET', path, { headers: this.headers() }); }
	post(path, value, more = {}) {
		return this.client.request('POST', path, {
			body: JSON.stringify(value), headers: this.headers({ 'content-type': 'application/json', ...more }),
		});
	}
}

async function tokens(url, clerk) {
	const fields = await clerk.form('/desk/tokens', '/desk/tokens');
	const none = await clerk.post('/desk/tokens', { ...fields, label: '夜间取数', days: '30' });
	tap.ok(none.status === 422 && none.text.includes('请至少选择一项权限') && none.text.includes('夜间取数'), 'a token for nothing is refused, the form refilled', none.status);
	const beyond = await clerk.post('/desk/tokens', { ...fields, label: 'x', days: '30', scope: 'account_write' });
	tap.ok(beyond.status === 422, 'a token beyond the role is refused', beyond.status);
	const made = await clerk.post('/desk/tokens', { ...fields, label: '夜间取数', days: '30', scope: 'request_read' });
	const token = /<code id="token">(gkt_[0-9a-f]{64})<\/code>/.exec(made.text)?.[1];
	tap.ok(made.status === 200 && token, 'a token is made and shown', made.status);
	tap.ok(!(await clerk.get('/desk/tokens')).text.includes(token), 'and never again');
	const script = new Program(url, token);
	const list = await script.get('/desk/requests.json');
	tap.ok(list.status === 200 && json(list).items.length > 0, 'it reads what it may', list.status);
	const write = await script.post('/desk/requests/new', { channel: 'web' });
	tap.ok(write.status === 403 && json(write).code === 'web.forbidden', 'it writes nothing beyond its scope, whatever the role', write.text);
	const more = await script.post('/desk/tokens', { label: 'y', days: 1, scope: ['request_read'] });
	tap.ok(more.status === 403 && json(more).code === 'account.not_by_token', 'it makes no tokens', more.text);
	const item = json(await script.get('/desk/tokens.json')).items.find((k) => k.label === '夜间取数');
	const hidden = await clerk.form('/desk/tokens', `/desk/tokens/${item.id}/revoke`);
	tap.ok((await clerk.post(`/desk/tokens/${item.id}/revoke`, hidden)).status === 303, 'it is revoked');
	const after = await script.get('/desk/requests.json');
	tap.ok(after.status === 401 && after.headers['www-authenticate'].includes('invalid_token'), 'and opens nothing any more', after.status);
}

async function working(url, clerk) {
	const fields = await clerk.form('/desk/tokens', '/desk/tokens');
	const made = await clerk.request('POST', '/desk/tokens', {
		body: JSON.stringify({ label: '登记', days: 1, scope: ['request_read', 'request_write'] }),
		headers: { 'content-type': 'application/json', 'x-csrf-token': fields._csrf, origin: clerk.base.origin },
	});
	tap.ok(made.status === 201 && json(made).token.startsWith('gkt_'), 'a token is made by JSON in a session, with its CSRF token', made.text);
	const script = new Program(url, json(made).token);
	const bad = await script.post('/desk/requests/new', { channel: 'pigeon', applicant: 'natural_person' });
	tap.ok(bad.status === 422 && json(bad).errors.map((e) => e.field).includes('channel') && json(bad).errors.length > 1, 'all wrong fields at once', bad.text);
	const good = { channel: 'web', applicant: 'natural_person', submitted_on: '2020-11-02', content: '2019年度部门决算' };
	const key = { 'idempotency-key': '0f3d8c1e-registering' };
	const first = await script.post('/desk/requests/new', good, key), again = await script.post('/desk/requests/new', good, key);
	tap.ok(first.status === 201 && first.text === again.text && again.headers['idempotency-replayed'] === 'true', 'registered once under its key', first.text);
	const href = json(first).location;
	const one = await script.get(`${href}.json`);
	tap.ok(one.headers.etag === `"${json(one).version}"`, 'the version is the ETag', one.headers.etag);
	const stale = await script.post(`${href}/confirm`, { on: '2020-11-03' }, { 'if-match': '"99"' });
	tap.ok(stale.status === 412 && json(stale).version === json(one).version, 'a stale If-Match is 412, with the version', stale.text);
	const confirmed = await script.post(`${href}/confirm`, { on: '2020-11-03' }, { 'if-match': one.headers.etag });
	tap.ok(confirmed.status === 200 && json(confirmed).version > json(one).version && json(confirmed).location === href, 'a step by If-Match', confirmed.text);
	const second = await script.post(`${href}/confirm`, { on: '2020-11-04', version: json(one).version });
	tap.ok(second.status === 409 && json(second).version === json(confirmed).version, 'a stale version is 409, with the version', second.text);
}

async function password(url, clerk, old) {
	const fields = await clerk.form('/desk/password', '/desk/password');
	const fresh = '一句足够长的新密码，谁也不知道';
	const wrong = await clerk.post('/desk/password', { ...fields, password: 'not this one', new: fresh, again: fresh });
	tap.ok(wrong.status === 422 && wrong.text.includes('当前密码不正确'), 'a wrong password changes nothing', wrong.status);
	const differ = await clerk.post('/desk/password', { ...fields, password: old, new: fresh, again: `${fresh}。` });
	tap.ok(differ.status === 422 && differ.text.includes('两次填写的新密码不同'), 'two different ones neither', differ.status);
	const short = await clerk.post('/desk/password', { ...fields, password: old, new: '短', again: '短' });
	tap.ok(short.status === 422 && short.text.includes('密码不符合要求'), 'a short one neither', short.status);
	const other = await signedIn(url, 'clerk', old);
	const done = await clerk.post('/desk/password', { ...fields, password: old, new: fresh, again: fresh });
	tap.ok(done.status === 303 && (await clerk.get('/desk')).status === 200, 'changed, and still signed in here', done.status);
	tap.ok((await other.get('/desk')).status === 303, 'signed out everywhere else');
	const late = await signedIn(url, 'clerk', old).catch((e) => e.message);
	tap.ok(String(late).includes('422'), 'the old one opens nothing', late);
	await signedIn(url, 'clerk', fresh);
}

async function units(url, sysadmin, clerk) {
	tap.ok((await clerk.get('/desk/units')).status === 403, 'units are the system administrator\'s');
	const fields = await sysadmin.form('/desk/units', '/desk/units');
	const taken = await sysadmin.post('/desk/units', { ...fields, code: 'NEW1', name: '某区新设局', kind: 'pigeon' });
	tap.ok(taken.status === 422 && taken.text.includes('某区新设局'), 'an unknown kind is refused, the form refilled', taken.status);
	const added = await sysadmin.post('/desk/units', { ...fields, code: 'NEW1', name: '某区新设局', kind: 'department', reports: '1' });
	tap.ok(added.status === 303, 'added', added.text.slice(0, 300));
	const unit = json(await sysadmin.get('/desk/units.json')).items.find((u) => u.code === 'NEW1');
	const href = `/desk/units/${unit.id}`;
	const hidden = await sysadmin.form(href, href);
	tap.ok((await sysadmin.post(href, { ...hidden, name: '某区更名局', kind: 'other' })).status === 303, 'renamed');
	const empty = await sysadmin.post(`${href}/close`, { ...hidden, closed_on: '2026-01-01', reason: '' });
	tap.ok(empty.status === 422 && empty.text.includes('请填写“理由”'), 'closing needs its reason', empty.status);
	tap.ok((await sysadmin.post(`${href}/close`, { ...hidden, closed_on: '2026-01-01', reason: '机构改革' })).status === 303, 'closed');
	tap.ok((await sysadmin.get(href)).text.includes('已停用'), 'and says so');
	tap.ok((await sysadmin.post(`${href}/reopen`, { ...hidden, reason: '登记有误' })).status === 303, 'opened again');
	tap.ok(json(await sysadmin.get('/desk/units.json')).items.find((u) => u.code === 'NEW1').closed_on === null, 'for machines too');
}

// The commands go through the running server.
async function commands(url) {
	const run = (...words) => execFileSync(program, [...words, '--data', dir], { encoding: 'utf8' });
	tap.ok(run('unit', 'add', '--code', 'CLI1', '--name', '某区命令局').includes('已添加'), 'unit add');
	tap.ok(run('unit', 'close', '--code', 'CLI1', '--on', '2026-02-01', '--reason', '机构改革').includes('已停用'), 'unit close');
	tap.ok(/CLI1\tdepartment\t某区命令局\t编制年报\t已停用/.test(run('unit', 'list')), 'unit list');
	const out = run('user', 'token', 'add', '--name', 'auditor', '--label', '审计', '--scope', 'ledger_read', '--days', '2');
	const token = /gkt_[0-9a-f]{64}/.exec(out)?.[0];
	tap.ok((await new Program(url, token).get('/desk/ledger.json')).status === 200, 'user token add', out);
	tap.ok(/审计\tledger_read/.test(run('user', 'token', 'list', '--name', 'auditor')), 'user token list');
	const id = /令牌 (\d+)/.exec(out)[1];
	run('user', 'token', 'revoke', '--name', 'auditor', '--id', id);
	tap.ok((await new Program(url, token).get('/desk/ledger.json')).status === 401, 'user token revoke');
	const fresh = /新密码：(\S+?)（/.exec(run('user', 'password', '--name', 'auditor'))?.[1];
	tap.ok((await (await signedIn(url, 'auditor', fresh)).get('/desk/ledger')).status === 200, 'user password');
	const bad = spawnSync(program, ['user', 'token', 'add', '--name', 'auditor', '--label', 'x', '--scope', 'pigeon', '--data', dir], { encoding: 'utf8' });
	tap.ok(bad.status === 2 && bad.stderr.includes('ledger_read'), 'an unknown permission stops with the list', bad.stderr);
}

sampleSite(program, dir);
const passwords = samplePasswords(dir);
const server = await serve(program, dir);
try {
	const served = readFileSync(`/proc/${server.child.pid}/task/${server.child.pid}/children`, 'utf8').trim().split(' ');
	const status = readFileSync(`/proc/${served[0]}/status`, 'utf8');
	tap.ok(/^Seccomp:\t2$/m.test(status) && /^NoNewPrivs:\t1$/m.test(status) && /^CapEff:\t0+$/m.test(status), 'the serving process is behind its filter, without capabilities', status);
	const clerk = await signedIn(server.url, 'clerk', passwords.clerk);
	const sysadmin = await signedIn(server.url, 'sysadmin', passwords.sysadmin);
	await tokens(server.url, clerk);
	await working(server.url, clerk);
	await units(server.url, sysadmin, clerk);
	await commands(server.url);
	await password(server.url, clerk, passwords.clerk);
	tap.ok(!server.log().includes('sandbox.refused'), 'and nothing it did was refused', server.log());
} catch (e) {
	tap.ok(false, 'the day ends', e.stack);
} finally {
	server.child.removeAllListeners('exit');
	server.child.kill('SIGTERM');
	rmSync(dir, { recursive: true, force: true });
}
tap.end();
