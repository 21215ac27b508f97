// client.mjs - a browser's manners for scripts: cookies, forms with their hidden fields, redirects on request.
// Node's own modules only.
import http from 'node:http';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

export class Client {
	constructor(base, { timeout = 15000 } = {}) {
		this.base = new URL(base);
		this.cookies = new Map();
		this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
		this.timeout = timeout;
	}

	request(method, path, { body, headers = {} } = {}) {
		return new Promise((resolve, reject) => {
			const cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
			const rq = http.request({
				host: this.base.hostname, port: this.base.port, method, path, agent: this.agent, timeout: this.timeout,
				headers: { ...(cookie && { cookie }), ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }), ...headers },
			}, (rp) => {
				const parts = [];
				rp.on('data', (d) => parts.push(d));
				rp.on('error', reject);
				rp.on('end', () => {
					if (!rp.complete) return reject(new Error('answer cut'));
					for (const line of rp.headers['set-cookie'] ?? []) {
						const [pair, ...attributes] = line.split(';');
						const at = pair.indexOf('=');
						const gone = attributes.some((a) => /max-age=0$/i.test(a.trim()));
						if (gone) this.cookies.delete(pair.slice(0, at));
						else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
					}
					resolve({ status: rp.statusCode, headers: rp.headers, text: Buffer.concat(parts).toString('utf8') });
				});
			});
			rq.on('timeout', () => rq.destroy(new Error('timeout')));
			rq.on('error', reject);
			rq.end(body);
		});
	}

	get(path) {
		return this.request('GET', path);
	}

	post(path, fields) {
		return this.request('POST', path, {
			body: new URLSearchParams(fields).toString(),
			headers: { 'content-type': 'application/x-www-form-urlencoded', origin: this.base.origin },
		});
	}

	// The hidden fields of the form that posts to `action` on a page.
	async form(path, action) {
		const page = await this.get(path);
		if (page.status !== 200) throw new Error(`GET ${path}: ${page.status}`);
		// A form that only asks may lead to the same address: the one that posts is meant.
		const posts = page.text.indexOf(`method="post" action="${action}"`);
		const start = posts >= 0 ? posts : page.text.indexOf(`action="${action}"`);
		if (start < 0) throw new Error(`GET ${path}: no form for ${action}`);
		const text = page.text.slice(start, page.text.indexOf('</form>', start));
		const fields = {};
		for (const tag of text.match(/<input[^>]*type="hidden"[^>]*>/g) ?? []) {
			const name = /name="([^"]*)"/.exec(tag)?.[1];
			fields[name] = (/value="([^"]*)"/.exec(tag)?.[1] ?? '').replaceAll('&amp;', '&');
		}
		return fields;
	}

	async signIn(name, password) {
		const fields = await this.form('/sign-in', '/sign-in');
		const answer = await this.post('/sign-in', { ...fields, name, password });
		if (answer.status !== 303) throw new Error(`sign-in as ${name}: ${answer.status}`);
	}
}

// Lays invented years over what the program ships: tests begin limits today, whatever day that is, and a
// limit past the last published holiday notice is refused.
export function loadLaterYears(program, dir) {
	const shipped = Number(/至(\d{4})年/.exec(execFileSync(program, ['calendar', 'list', '--data', dir], { encoding: 'utf8' }))[1]);
	const file = `${dir}/later.csv`;
	let days = 'date,kind,name\n';
	for (let year = shipped + 1; year <= Math.max(shipped, new Date().getFullYear()) + 2; year++) days += `${year}-10-01,holiday,国庆节\n`;
	writeFileSync(file, days);
	execFileSync(program, ['calendar', 'load', file, '--notice', '测试用的虚构日历', '--data', dir], { stdio: 'ignore' });
	rmSync(file);
}

export function sampleSite(program, dir) {
	execFileSync(program, ['demo', '--data', dir, '--year', '2020'], { stdio: 'ignore' });
	loadLaterYears(program, dir);
}

export function samplePasswords(dir) {
	const out = {};
	for (const line of readFileSync(`${dir}/sample-accounts.txt`, 'utf8').split('\n')) {
		const [, name, password] = line.split('\t');
		if (name) out[name] = password;
	}
	return out;
}

// Starts `gongkai serve` on a free port; resolves when it says where it serves.
export function serve(program, dir, env = process.env) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, ['serve', '--data', dir, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'], env });
		let out = '', err = '';
		child.stdout.on('data', (d) => {
			out += d;
			const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out);
			if (url) resolve({ child, url: url[0], log: () => err });
		});
		child.stderr.on('data', (d) => { err = (err + d).slice(-20000); });
		child.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${err}`)));
	});
}

export class Tap {
	constructor() { this.passed = 0; this.failed = 0; this.skipped = 0; this.number = 0; }
	ok(good, name, why = '') {
		this.number++;
		if (good) this.passed++;
		else this.failed++;
		console.log(`${good ? 'ok' : 'not ok'} ${this.number} - ${name}`);
		if (!good && why) console.log(`# ${String(why).split('\n').join('\n# ')}`);
		return good;
	}
	skip(name, why) { this.number++; this.skipped++; console.log(`ok ${this.number} - ${name} # SKIP ${why}`); }
	end() {
		console.log(`1..${this.number}`);
		console.log(`${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
		process.exit(this.failed ? 1 : 0);
	}
}
