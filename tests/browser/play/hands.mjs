// hands.mjs - how a person uses a page: reads its heading, follows a link, fills fields by their labels,
// presses a button. Hands has a mouse; Keys has nothing but a keyboard, and asks every stop to show its focus.
import { AsyncLocalStorage } from 'node:async_hooks';

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/* A label as the page prints it, with or without the mark of a required field. */
export const labelled = (label) => new RegExp(`^${escape(label)}(（必填）)?$`);
/* ms; a machine may be busy with other suites */
const PATIENCE = 20000;
/* What is being played, for messages. */
export const scene = new AsyncLocalStorage();

export class Hands {
	constructor(page, base) {
		this.page = page;
		this.base = base;
		this.looks = 0;
		page.on('pageerror', (e) => { this.broken = `script: ${e.message}`; });
	}

	where() {
		return `${scene.getStore() ?? ''} at ${new URL(this.page.url()).pathname}`;
	}

	async open(path) {
		const answer = await this.page.goto(this.base + path, { waitUntil: 'domcontentloaded' });
		if (answer.status() !== 200) throw new Error(`${this.where()}: ${path} is ${answer.status()}: ${await this.text()}`);
		this.looks++;
	}

	main() {
		return this.page.locator('#main');
	}

	async heading() {
		return (await this.page.locator('h1').textContent()).trim();
	}

	async text() {
		return (await this.main().innerText()).replace(/\s+/g, ' ');
	}

	async has(words) {
		return (await this.text()).includes(words);
	}

	/* Does something that leads to another page; what that page complains of is a failure. */
	async leave(act, refused) {
		const next = this.page.waitForNavigation({ waitUntil: 'domcontentloaded', timeout: 2 * PATIENCE });
		next.catch(() => {});
		await act();
		const answer = await next;
		this.looks++;
		if (this.broken) throw new Error(`${this.where()}: ${this.broken}`);
		if (answer && answer.status() >= 400 && answer.status() !== refused)
			throw new Error(`${this.where()}: ${answer.status()} ${(await this.text()).slice(0, 600)}`);
	}

	/* What the program does by itself takes a moment. */
	async reached(look, words) {
		for (let tries = 0; tries < 100; tries++) {
			await look();
			if (await this.has(words)) return;
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
		throw new Error(`${this.where()}: no ${words}: ${await this.text()}`);
	}

	link(name) {
		return this.main().getByRole('link', { name, exact: typeof name === 'string' }).first();
	}

	button(name) {
		return this.main().getByRole('button', { name, exact: typeof name === 'string' }).first();
	}

	async offers(name) {
		return (await this.link(name).count()) + (await this.button(name).count()) > 0;
	}

	async follow(name) {
		await this.leave(() => this.link(name).click({ timeout: PATIENCE }));
	}

	async press(name, { refused } = {}) {
		await this.leave(() => this.button(name).click({ timeout: PATIENCE }), refused);
	}

	async unfold(name) {
		await this.main().locator('summary', { hasText: name }).click({ timeout: PATIENCE });
	}

	/* A radio is named by its group: { '送达方式': '邮政邮寄' }; a checkbox is true; a file { name, content }. */
	async fill(fields) {
		for (const [label, value] of Object.entries(fields)) {
			if (value === undefined) continue;
			try {
				await this.put(label, value);
			} catch (e) {
				throw new Error(`${this.where()}: field ${label}: ${e.message.split('\n')[0]}`);
			}
		}
	}

	async find(label) {
		const group = this.main().getByRole('group', { name: labelled(label) });
		if (await group.count() > 0) return { group: group.first() };
		const field = this.main().getByLabel(labelled(label)).first();
		const kind = await field.evaluate((e) => (e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()), null, { timeout: PATIENCE });
		return { field, kind };
	}

	async put(label, value) {
		const { group, field, kind } = await this.find(label);
		if (group) await group.getByRole('radio', { name: value, exact: typeof value === 'string' }).check({ timeout: PATIENCE });
		else if (kind === 'checkbox') await field.setChecked(value, { timeout: PATIENCE });
		else if (kind === 'select') await field.selectOption({ label: value }, { timeout: PATIENCE });
		else if (kind === 'file') await field.setInputFiles(fileOf(value), { timeout: PATIENCE });
		else await field.fill(value, { timeout: PATIENCE });
	}
}

const fileOf = ({ name, content }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });

/* The same person without a mouse. */
export class Keys extends Hands {
	constructor(page, base) {
		super(page, base);
		this.unseen = [];
		this.stops = 0;
	}

	/* A page is entered by its skip link; from there Tab goes from control to control. */
	async begin() {
		await this.page.evaluate(() => {
			document.activeElement?.blur();
			getSelection()?.removeAllRanges();
		});
		await this.page.keyboard.press('Tab');
		const skip = await this.page.evaluate(() => document.activeElement?.textContent);
		if (skip !== '跳到主要内容') return; /* the page has put the focus where it is wanted: on the summary of errors */
		await this.look();
		await this.page.keyboard.press('Enter');
	}

	async look() {
		this.stops++;
		const at = await this.page.evaluate(() => {
			const e = document.activeElement;
			const styles = [getComputedStyle(e), getComputedStyle(e, '::before')];
			const shown = styles.some((s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none')
				|| (e.nextElementSibling && getComputedStyle(e.nextElementSibling, '::before').boxShadow !== 'none');
			return { shown, tag: `${e.tagName.toLowerCase()} ${(e.textContent || e.name || '').trim().slice(0, 20)}` };
		});
		if (!at.shown) this.unseen.push(`${at.tag} ${this.where()}`);
	}

	/* Tab until the control of the locator has the focus. */
	async reach(locator) {
		const wanted = await locator.elementHandle({ timeout: PATIENCE });
		for (let presses = 0; presses < 300; presses++) {
			if (await wanted.evaluate((e) => document.activeElement === e
				|| (e.type === 'radio' && document.activeElement?.type === 'radio' && document.activeElement.name === e.name)))
				return this.look();
			await this.page.keyboard.press('Tab');
			if (presses === 140) await this.begin();
		}
		throw new Error(`${this.where()}: Tab does not reach ${locator}`);
	}

	async follow(name) {
		await this.begin();
		await this.reach(this.link(name));
		await this.leave(() => this.page.keyboard.press('Enter'));
	}

	async press(name, { refused } = {}) {
		await this.reach(this.button(name));
		await this.leave(() => this.page.keyboard.press('Enter'), refused);
	}

	async unfold(name) {
		await this.reach(this.main().locator('summary', { hasText: name }));
		await this.page.keyboard.press('Enter');
	}

	async put(label, value) {
		const { group, field, kind } = await this.find(label);
		if (group) return this.choose(group.getByRole('radio', { name: value, exact: typeof value === 'string' }));
		await this.reach(field);
		if (kind === 'checkbox') {
			if (await field.isChecked() !== value) await this.page.keyboard.press('Space');
		} else if (kind === 'select') {
			await this.select(field, value);
		} else if (kind === 'file') {
			const chooser = this.page.waitForEvent('filechooser', { timeout: PATIENCE });
			chooser.catch(() => {});
			await new Promise((resolve) => setTimeout(resolve, 100)); /* until the browser hands its dialogues over */
			await this.page.keyboard.press('Space');
			await (await chooser).setFiles(fileOf(value));
		} else {
			await this.page.keyboard.press('Control+A');
			if (value === '') await this.page.keyboard.press('Delete');
			else await this.page.keyboard.insertText(value);
		}
	}

	async choose(radio) {
		await this.reach(radio);
		for (let presses = 0; presses < 40; presses++) {
			if (await radio.evaluate((e) => document.activeElement === e)) {
				if (!await radio.isChecked()) await this.page.keyboard.press('Space');
				return;
			}
			await this.page.keyboard.press('ArrowDown');
		}
		throw new Error(`${this.where()}: arrows do not reach ${radio}`);
	}

	async select(field, label) {
		const at = () => field.evaluate((e) => [e.selectedIndex, e.options[e.selectedIndex].text]);
		const wanted = await field.evaluate((e, text) => [...e.options].findIndex((o) => o.text === text), label);
		for (let presses = 0; presses < 60; presses++) {
			const [index, text] = await at();
			if (text === label) return;
			await this.page.keyboard.press(index < wanted ? 'ArrowDown' : 'ArrowUp');
		}
		throw new Error(`${this.where()}: arrows do not reach ${label}`);
	}
}
