// year.mjs - the acts of a plan, day by day: who does what when.
import * as citizen from './citizen.mjs';
import * as officer from './officers.mjs';
import { scene } from './hands.mjs';
import { counted, expected, openFigures } from './report.mjs';
import { Site } from './site.mjs';
import { tour } from './tour.mjs';

export class Year {
	constructor(plan, program, clock, browser, tap, pictures) {
		this.plan = plan;
		this.tap = tap;
		this.pictures = pictures;
		this.site = new Site(program, clock, browser);
		this.numbers = new Map(); /* line → number of its request */
	}

	/* One play's turn; a failure is that play's, and the others go on. */
	async turn(play, name, act) {
		if (play.failed) return;
		await scene.run(`${this.plan.year} ${play.row} ${name}`, async () => {
			try {
				await act();
			} catch (e) {
				play.failed = true;
				this.tap.ok(false, `${this.plan.year} ${play.row}: ${name}`, e.stack);
			}
		});
	}

	as(play, name) {
		return this.site.as(name, { script: Boolean(play.script), keys: Boolean(play.keys) });
	}

	/* Pictures are taken in the year of the newer form, where script is on. */
	look(play, name) {
		return async (what) => {
			const hands = await this.as(play, name);
			await this.pictures.take(hands, what);
		};
	}

	async play() {
		const { days, plays } = this.plan;
		this.site.moveTo(days.saturday, '15:00');
		await this.site.start();
		await scene.run(`${this.plan.year} settings`, () => this.settle());
		for (const p of plays.filter((p) => p.carriedIn)) await this.turn(p, 'asks on a Saturday', () => this.ask(p));
		await this.site.dawn(days.before, this.plan.early ? '08:30' : '10:00');
		for (const p of plays.filter((p) => p.carriedIn)) await this.turn(p, 'is confirmed on Monday', () => this.confirm(p));
		await this.site.dawn(days.first);
		for (const p of plays.filter((p) => !p.carriedIn && !p.ofSplit)) {
			await this.turn(p, 'asks', () => this.ask(p));
			await this.turn(p, 'is taken up', () => this.takeUp(p));
		}
		for (const p of plays.filter((p) => p.carriedIn)) await this.turn(p, 'is answered', () => this.answer(p));
		await this.site.dawn(days.second);
		if (this.plan.tour) await this.tour();
		for (const p of plays.filter((p) => !p.carriedIn)) {
			await this.turn(p, 'goes on', () => this.goOn(p));
			if (p.decision) await this.turn(p, 'is answered', () => this.answer(p));
		}
		await this.site.dawn(days.late);
		for (const p of plays.filter((p) => p.close)) await this.turn(p, 'is closed', () => this.close(p));
		for (const p of plays.filter((p) => p.service === 'post')) await this.turn(p, 'is filed', () => this.prove(p));
		for (const p of plays.filter((p) => p.reads)) await this.turn(p, 'is read by who asked', () => this.reads(p));
		await this.site.dawn(days.winter);
		const left = this.plan.part ? { failed: true } : { row: 'carried_out', ...this.plan.left };
		await this.turn(left, 'asks in winter', () => this.ask(left));
		await this.site.dawn(days.end);
		if (!this.plan.part) await this.report();
		for (const p of plays) if (!p.failed) this.tap.ok(true, `${this.plan.year} ${p.row}: from the form to its end`);
	}

	/* What letters take from: the unit's letterhead, the organs and courts that remedies name. */
	async settle() {
		await officer.letterhead(await this.site.as('reviewer'), this.pictures);
		await officer.remedies(await this.site.as('sysadmin'), this.pictures);
	}

	async ask(play) {
		const hands = await this.site.stranger({ script: Boolean(play.script), keys: Boolean(play.keys) });
		play.who = citizen.applicant(play.column);
		const asked = play.split ? `${play.asked}\n${this.plan.plays.find((p) => p.ofSplit).asked}` : play.asked;
		const told = await citizen.submit(hands, play.who, asked,
			{ unit: play.transfer ? '示例区教育局（样例）' : undefined, look: (what) => this.pictures.take(hands, what) });
		Object.assign(play, told);
		this.numbers.set(play.row, told.number);
		if (play.keys) this.keyboard(hands);
		await this.site.leave(hands);
	}

	/* Art. 31 (3): sent on a Saturday, confirmed on Monday; before nine by an officer, then by the program. */
	async confirm(play) {
		const clerk = await this.as(play, 'clerk');
		await officer.find(clerk, play.number);
		if (this.plan.early) await officer.confirm(clerk, this.plan.days.before, this.look(play, 'clerk'));
		await clerk.reached(() => officer.find(clerk, play.number), '办理中');
		if (!await clerk.has(`收到申请之日 ${this.plan.days.before}`)) throw new Error(`not received on Monday: ${await clerk.text()}`);
	}

	/* The day it came: who has it, and what has to be asked before it can be answered. */
	async takeUp(play) {
		const { days } = this.plan;
		if (play.transfer) {
			const school = await this.as(play, 'school');
			await officer.find(school, play.number);
			await officer.transfer(school, this.look(play, 'school'));
		}
		const clerk = await this.as(play, 'clerk');
		const look = this.look(play, 'clerk');
		await officer.find(clerk, play.number);
		if (!await clerk.has('办理中')) throw new Error(`it is not in hand: ${await clerk.text()}`);
		await look('case');
		await officer.claim(clerk);
		if (play.split) await this.split(play, clerk, look);
		if (play.correction) await officer.askCorrection(clerk, play.correction, look);
		if (play.inquiry) await officer.openInquiry(clerk, days.first, look);
		if (play.reasons) await officer.askReasons(clerk, { from: days.before, till: days.first }, look);
		if (play.extension) await this.extend(play, clerk, look);
		if (play.fee) await officer.charge(clerk, days.first, look);
		if (play.withdraw) await this.withdraw(play);
	}

	async split(play, clerk, look) {
		const other = this.plan.plays.find((p) => p.ofSplit);
		await officer.split(clerk, [play.asked, other.asked], look);
		other.number = (await clerk.text()).match(/SLQ-\d{4}-\d+/g).find((n) => n !== play.number);
		other.who = { ...play.who };
		this.numbers.set(other.row, other.number);
	}

	async extend(play, clerk, look) {
		await officer.step(clerk, '提出延期', { '延长的工作日': '10', '延期的理由': '材料较多，需要逐件核对' }, look);
		const reviewer = await this.as(play, 'reviewer');
		await officer.find(reviewer, play.number);
		await officer.step(reviewer, '审批延期', { '是否同意延期': '同意' }, this.look(play, 'reviewer'));
		await officer.find(clerk, play.number);
		await officer.step(clerk, '告知延期', {}, look);
		if (!await clerk.has('10个工作日')) throw new Error('the case does not show its extension');
	}

	async withdraw(play) {
		const hands = await this.site.stranger({ script: Boolean(play.script) });
		await citizen.follow(hands, play);
		await citizen.withdraw(hands);
		if (!await hands.has('撤回')) throw new Error(`not withdrawn: ${await hands.text()}`);
		await this.site.leave(hands);
	}

	async tour() {
		const open = this.plan.plays.filter((p) => p.number && p.decision && !p.inquiry && !p.transfer && !p.carriedIn).map((p) => p.number);
		const done = this.plan.plays.find((p) => p.carriedIn), extended = this.plan.plays.find((p) => p.extension);
		await this.turn({ row: 'tour' }, 'what a clerk sees beside single cases', () => tour(this.site, this.pictures, { numbers: open, extended: extended.number, asked: done.asked, closed: done.number, year: this.plan.year }));
	}

	/* A week later: what was asked has been answered. */
	async goOn(play) {
		if (play.correction?.answer || play.reasons) {
			const hands = await this.site.stranger({ script: Boolean(play.script) });
			await citizen.follow(hands, play);
			if (play.reasons) await citizen.explain(hands, play.reasons);
			else await citizen.correct(hands, play.correction.answer);
			await this.site.leave(hands);
		}
		if (!play.inquiry && !play.reasons) return;
		const clerk = await this.as(play, 'clerk');
		await officer.find(clerk, play.number);
		if (play.inquiry) await officer.closeInquiry(clerk, this.look(play, 'clerk'));
		if (play.reasons) await officer.judgeReasons(clerk, this.look(play, 'clerk'));
	}

	/* Draft, second person, legal adviser, signature, service, archive: six acts, four people. */
	async answer(play) {
		const clerk = await this.as(play, 'clerk');
		const look = this.look(play, 'clerk');
		await officer.reply(clerk, play.number);
		await officer.draft(clerk, play, this.plan.days, look);
		for (const [name, act] of [['reviewer', officer.review], ['adviser', officer.advise], ['signer', officer.sign]]) {
			const hands = await this.as(play, name);
			await hands.open('/desk/replies');
			if (!await hands.has('等您办理')) throw new Error(`${name} does not find what waits`);
			await hands.follow(play.number);
			await act(hands, this.look(play, name));
		}
		await officer.find(clerk, play.number);
		await clerk.follow('打开');
		await officer.serve(clerk, play.service ?? 'in_person', this.site.day, look);
		if (play.service !== 'post') await officer.file(clerk, play.number, look);
		if (play.keys) await this.keyboardAll();
		await this.told(play);
	}

	/* Whoever has been answered reads it on the progress page. */
	async reads(play) {
		const hands = await this.site.stranger({ script: Boolean(play.script), keys: Boolean(play.keys) });
		await citizen.follow(hands, play);
		await citizen.readAnswer(hands, play.reads);
		if (play.keys) this.keyboard(hands, 5);
		await this.site.leave(hands);
	}

	/* What went by post is filed when its receipt is there. */
	async prove(play) {
		const clerk = await this.as(play, 'clerk');
		await officer.find(clerk, play.number);
		await clerk.follow('打开');
		await officer.prove(clerk, this.site.day, this.look(play, 'clerk'));
		await officer.file(clerk, play.number, this.look(play, 'clerk'));
		if (play.keys) await this.keyboardAll();
	}

	async close(play) {
		const signer = await this.as(play, 'signer');
		await officer.find(signer, play.number);
		await officer.close(signer, play.close, play.who.name, this.look(play, 'signer'));
		await officer.find(signer, play.number);
		if (!await signer.has('本件已办结')) throw new Error(`not closed: ${await signer.text()}`);
		await this.told(play);
	}

	/* The case tells what happened in sentences: who, and no code of the program. */
	async told(play) {
		const clerk = await this.as(play, 'clerk');
		await officer.find(clerk, play.number);
		const story = (await clerk.text()).split(' 经过 ')[1] ?? '';
		const raw = /[a-z]+\.[a-z_]+/.exec(story)?.[0] ?? /\d\d:\d\d ：\S+/.exec(story)?.[0];
		if (!story.includes('登记') || raw) throw new Error(`the story of the case has ${raw ?? 'no beginning'}: ${story.slice(0, 800)}`);
	}

	/* Every stop of the keyboard has shown that it has the focus. */
	keyboard(hands, least = 10) {
		this.tap.ok(hands.stops >= least && hands.unseen.length === 0, `${this.plan.year}: the citizen by keyboard, ${hands.stops} stops, each visible`, hands.unseen.join('\n'));
	}

	async keyboardAll() {
		for (const [key, hands] of this.site.sessions)
			if (key.endsWith('true')) this.tap.ok(hands.unseen.length === 0, `${this.plan.year}: ${key.split(' ')[0]} by keyboard, ${hands.stops} stops, each visible`, hands.unseen.join('\n'));
	}

	async report() {
		const clerk = await this.site.as('clerk');
		await clerk.open(`/desk/reports?year=${this.plan.year}`);
		await clerk.press(/^建立\s*示例区人民政府/);
		await clerk.open(`/reports/${this.plan.year}/SLQ`);
		await this.pictures.take(clerk, '年报');
		const got = await counted(clerk, this.plan.year), want = expected(this.plan);
		const faults = [];
		for (const [line, cells] of got)
			for (const [column, value] of cells)
				if (value !== (want.get(line)?.get(column) ?? 0)) faults.push(`${line} ${column}: ${value}, not ${want.get(line)?.get(column) ?? 0}`);
		for (const line of want.keys()) if (!got.has(line)) faults.push(`${line} is missing`);
		this.tap.ok(faults.length === 0, `${this.plan.year}: table 三 has one request in each line`, faults.join('\n'));
		const closed = await openFigures(await this.site.as('supervisor', { script: true }), this.plan, this.numbers);
		this.tap.ok(closed.length === 0, `${this.plan.year}: each figure opens its record`, closed.join('\n'));
	}

	end() {
		return this.site.close();
	}
}
