// site.mjs - an empty site made by commands, with accounts of every role, that lives on the day the play says.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../lib/client.mjs';
import { Hands, Keys } from './hands.mjs';

const ROLES = ['clerk', 'reviewer', 'adviser', 'signer', 'supervisor', 'sysadmin'];
const PEOPLE = { clerk: '经办人甲', reviewer: '审核人乙', adviser: '法律顾问丙', signer: '签发人丁', supervisor: '监督员戊', sysadmin: '系统管理员庚' };

export class Site {
	constructor(program, clock, browser) {
		this.program = program;
		this.browser = browser;
		this.dir = mkdtempSync(join(tmpdir(), 'gongkai-play-'));
		this.clock = join(this.dir, 'clock');
		this.environment = { ...process.env, LD_PRELOAD: clock, PLAY_CLOCK: this.clock };
		this.passwords = {};
		this.sessions = new Map();
		this.looks = 0;
	}

	/* The clock of everything that runs on this site; Beijing time. */
	moveTo(day, time = '10:00') {
		const bytes = Buffer.alloc(8);
		bytes.writeBigInt64LE(BigInt(Math.round((Date.parse(`${day}T${time}:00+08:00`) - Date.now()) / 1000)));
		const file = openSync(this.clock, this.day ? 'r+' : 'w');
		writeSync(file, bytes, 0, 8, 0);
		closeSync(file);
		this.day = day;
	}

	command(...words) {
		return execFileSync(this.program, [...words, '--data', join(this.dir, 'site')], { encoding: 'utf8', env: this.environment });
	}

	addPerson(name, role, unit, person) {
		const out = this.command('user', 'add', '--name', name, '--role', role, '--person', person, ...(unit ? ['--unit', unit] : []));
		this.passwords[name] = /：([0-9A-Z]{12,})（/.exec(out)[1];
	}

	async start() {
		this.command('site', 'init', '--name', '示例区人民政府（样例）', '--code', 'SLQ', '--office', '示例区政府信息公开办公室（样例）',
			'--contact', '示例路1号，电话000-00000000（样例）');
		this.command('unit', 'add', '--code', 'SLJY', '--name', '示例区教育局（样例）', '--short', '教育局');
		for (const role of ROLES) this.addPerson(role, role, ['supervisor', 'sysadmin'].includes(role) ? '' : 'SLQ', PEOPLE[role]);
		this.addPerson('school', 'clerk', 'SLJY', '经办人己');
		this.server = await serve(this.program, join(this.dir, 'site'), this.environment);
	}

	async page(script, phone = false) {
		const context = await this.browser.newContext({
			locale: 'zh-CN', timezoneId: 'Asia/Shanghai', javaScriptEnabled: script,
			viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 900 },
		});
		return context.newPage();
	}

	/* Somebody from outside, with a browser of their own. */
	async stranger({ script = false, keys = false, phone = false } = {}) {
		return new (keys ? Keys : Hands)(await this.page(script, phone), this.server.url);
	}

	/* An account's browser: signed in once a day, with script and without, with a mouse and without. */
	async as(name, { script = false, keys = false } = {}) {
		const key = `${name} ${script} ${keys}`;
		let hands = this.sessions.get(key);
		if (!hands) {
			hands = await this.stranger({ script, keys });
			await hands.open('/sign-in');
			await hands.fill({ '登录名': name, '密码': this.passwords[name] });
			await hands.press('登录');
			this.sessions.set(key, hands);
		}
		return hands;
	}

	async leave(hands) {
		this.looks += hands.looks;
		await hands.page.context().close();
	}

	/* Another day: sessions of the day before have ended. */
	async dawn(day, time) {
		for (const hands of this.sessions.values()) await this.leave(hands);
		this.sessions.clear();
		this.moveTo(day, time);
	}

	async close() {
		for (const hands of this.sessions.values()) await this.leave(hands);
		if (this.server) {
			this.server.child.removeAllListeners('exit');
			this.server.child.kill('SIGTERM');
		}
		rmSync(this.dir, { recursive: true, force: true });
	}
}
