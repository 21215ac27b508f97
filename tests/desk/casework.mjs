// casework.mjs - cases among colleagues, over HTTP: intake with an applicant, hands, tasks asked of
// another unit, cards and board, supervision, batches, as people of several roles do it.
//   node tests/desk/casework.mjs PROGRAM
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Tap, samplePasswords, sampleSite, serve } from '../lib/client.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const tap = new Tap();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-casework-'));
const day = (offset) => new Date(Date.now() + 8 * 3600e3 + offset * 86400e3).toISOString().slice(0, 10);
const text = (page) => page.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const where = (answer) => answer.headers.location ?? '';

async function act(client, page, action, fields) {
	return client.post(action, { ...await client.form(page, action), ...fields });
}

async function register(clerk, content, more = {}) {
	return act(clerk, '/desk/requests/new', '/desk/requests/new',
		{ channel: 'in_person', applicant: 'natural_person', submitted_on: day(0), content, ...more });
}

async function intake(clerk) {
	const person = { name: '申请人甲〇一', document: 'resident_id', document_no: '11010519491231002X', phone: '13800000001', address: '示例路1号' };
	const wrong = await register(clerk, '关于示例片区停车场规划的批复', { ...person, document_no: '110105194912310021' });
	tap.ok(wrong.status === 422 && wrong.text.includes('id="document_no-error"'), 'a slip in the number is found at its field', wrong.status);
	const first = await register(clerk, '关于示例片区停车场规划的批复', person);
	tap.ok(first.status === 303, 'a request is registered with its applicant', first.status + text(first).slice(0, 300));
	const page = await clerk.get(where(first));
	const shown = /<dt>申请人<\/dt><dd>([^<]*)/.exec(page.text)?.[1] ?? '';
	tap.ok(shown.startsWith('申') && !shown.includes('甲〇一'), 'the facts of the case show the applicant masked', shown);
	const again = await register(clerk, '一件完全不同的事情：公交线路调整方案', person);
	tap.ok(again.status === 422 && again.text.includes('同一申请人'), 'the same person is told of before anything is kept', again.status);
	const sure = await register(clerk, '一件完全不同的事情：公交线路调整方案', { ...person, looked: 'yes' });
	tap.ok(sure.status === 303, 'and registered when that was looked at', sure.status);
	return [where(first), where(sure)];
}

async function alike(clerk, href) {
	const known = [href];
	for (let i = 0; i < 50; i++) {
		const other = await register(clerk, '请求公开：示例片区停车场规划的批复');
		if (other.status === 422) {
			tap.ok(other.text.includes('类似申请') && known.some((h) => other.text.includes(`"${h}"`)), 'what is alike is shown with the earlier request');
			return;
		}
		known.push(where(other));
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	tap.ok(false, 'what is alike is shown with the earlier request', 'the index did not catch up');
}

async function hands(clerk, reviewer, href) {
	const own = async () => JSON.parse((await clerk.get('/desk/queue.json?list=mine')).text);
	const before = await own();
	const claimed = await act(clerk, href, `${href}/claim`, {});
	tap.ok(claimed.status === 303, 'a clerk claims a case', claimed.status + text(claimed).slice(0, 200));
	const twice = await act(reviewer, `${href}/assign`, `${href}/assign`, { to: '999999', reason: '分工' });
	tap.ok(twice.status === 422 && twice.text.includes('id="to-error"'), 'nobody of that number is refused at the field', twice.status);
	const mine = await own();
	tap.ok(mine.counts.mine === before.counts.mine + 1 && mine.items.length === before.items.length + 1, 'it stands in the own queue', JSON.stringify(mine.counts));
	const back = await act(clerk, `${href}/return`, `${href}/return`, { reason: '不属于我的业务' });
	tap.ok(back.status === 303, 'and goes back into the pool');
	const page = text(await clerk.get(href));
	tap.ok(page.includes('待认领') && page.includes('不属于我的业务'), 'the case tells so');
	const note = await act(clerk, `${href}/note`, `${href}/note`, { text: '已电话联系<i>' });
	tap.ok(note.status === 303 && (await clerk.get(href)).text.includes('已电话联系&lt;i&gt;'), 'a remark is kept and escaped');
}

async function tasks(clerk, href) {
	const form = await clerk.get(`${href}/ask`);
	const unit = [...form.text.matchAll(/<option value="(\d+)"[^>]*>([^<]*)/g)].find(([, , name]) => name.includes('局'));
	const late = await act(clerk, `${href}/ask`, `${href}/ask`, { unit: unit[1], question: '有无此件', due_on: day(90) });
	tap.ok(late.status === 422 && late.text.includes('id="due_on-error"'), 'a day after the reply is due is refused at its field', late.status);
	const asked = await act(clerk, `${href}/ask`, `${href}/ask`, { unit: unit[1], question: '有无此件', due_on: day(3) });
	tap.ok(asked.status === 303, 'another unit is asked', asked.status);
	const task = /\/desk\/tasks\/\d+/.exec((await clerk.get(href)).text)[0];
	const page = await clerk.get(task);
	tap.ok(text(page).includes('有无此件') && !page.text.includes('name="answer"'), 'who asked sees it and does not answer');
	const reminded = await act(clerk, task, `${task}/remind`, {}), twice = await act(clerk, task, `${task}/remind`, {});
	tap.ok(reminded.status === 303 && twice.status === 409, 'it is reminded of once a day', `${reminded.status} ${twice.status}`);
	tap.ok((await clerk.get('/desk/tasks')).status === 200, 'the list of what the own unit was asked');
}

// A filter under a name: kept, used, deleted; a queue as a file; what a day begins with.
async function lists(clerk, reviewer) {
	const register = await clerk.get('/desk/requests?state=open&year=2020');
	tap.ok(text(register).includes('保存这个筛选') && /state=handling[^"]*"[^>]*><span>办理中/.test(register.text), 'open states say how many');
	const page = '/desk/filters?state=open&year=2020';
	const empty = await clerk.post('/desk/filters', { ...await clerk.form(page, '/desk/filters'), name: '' });
	tap.ok(empty.status === 422 && empty.text.includes('id="name-error"') && empty.text.includes('value="2020"'), 'a filter needs a name, and is not lost without', empty.status);
	const kept = await clerk.post('/desk/filters', { ...await clerk.form(page, '/desk/filters'), name: '今年<未办结>' });
	tap.ok(kept.status === 303 && where(kept) === '/desk/requests?state=open&year=2020', 'kept, and shown', where(kept));
	const own = await clerk.get('/desk/requests');
	tap.ok(own.text.includes('今年&lt;未办结&gt;') && !(await reviewer.get('/desk/requests')).text.includes('今年'), 'it is one\'s own');
	const drop = /\/desk\/filters\/\d+\/delete/.exec((await clerk.get('/desk/filters')).text)[0];
	tap.ok((await clerk.post(drop, await clerk.form('/desk/filters', drop))).status === 303
		&& !(await clerk.get('/desk/requests')).text.includes('今年'), 'deleted');
	const queue = JSON.parse((await clerk.get('/desk/queue.json?list=open')).text);
	const csv = await clerk.get('/desk/queue.csv?list=open');
	const lines = csv.text.trim().split('\n');
	tap.ok(lines[0].includes('"答复期限"') && lines.length - 1 === queue.counts.open, 'a queue as a file: all of it', `${lines.length} ${queue.counts.open} ${lines[0]}`);
	tap.ok((await clerk.get('/desk/queue.xlsx?list=late')).text.startsWith('PK'), 'or as a workbook');
	const desk = text(await clerk.get('/desk'));
	tap.ok(['我承办的', '本单位待认领', '已逾期或将到期'].every((w) => desk.includes(w)), 'the day begins with three lists');
}

// Rows of a CSV whose cells may hold line breaks.
const rowsOf = (csv) => csv.replace(/"(?:[^"]|"")*"/g, 'x').trim().split('\r\n');

// What every list promises: its pages by `next` are all of it, and its files are the same rows; who sees one
// unit on the page sees no more in the file; no address of people in either.
async function everyList(clerk, supervisor) {
	const paths = ['requests', 'queue?list=open', 'replies?stage=drafting', 'fees', 'disputes?list=all', 'letters', 'amendments',
		'orders', 'tasks', 'suggestions', 'answers', 'mail?list=pen', 'mail?list=assigned', 'notices', 'notices?list=sent'];
	const twin = (path, ending) => `/desk/${path.replace(/(?=\?|$)/, ending)}`;
	for (const [who, client] of [['clerk', clerk], ['supervisor', supervisor]]) {
		for (const path of who === 'supervisor' ? [...paths, 'complaints'] : paths) {
			let listed = 0, pages = 0;
			for (let next = twin(path, '.json'); next && pages < 200; pages++) {
				const part = JSON.parse((await client.get(next)).text);
				listed += part.items.length;
				next = part.next;
			}
			const csv = await client.get(twin(path, '.csv')), page = await client.get(`/desk/${path}`);
			const rows = csv.status === 200 ? rowsOf(csv.text).length - 1 : -1;
			tap.ok(rows === listed, `${who}: ${path}: every page of it is ${listed} rows, and so is the file`, `${rows} ${listed}`);
			tap.ok((await client.get(twin(path, '.xlsx'))).text.startsWith('PK'), `${who}: ${path}: as a workbook`);
			tap.ok(listed === 0 ? page.text.includes('gk-empty') || path === 'complaints' : page.text.includes(twin(path, '.xlsx')),
				`${who}: ${path}: the page leads to it, or says what to do`);
			if (/^(mail|notices)/.test(path))
				tap.ok(!/[\w.]{4,}@|1[3-9]\d{9}/.test(csv.text), `${who}: ${path}: no address, no number in the file`);
		}
	}
	tap.ok((await clerk.get('/desk/complaints.csv')).status === 403 && (await clerk.get('/desk/retention.csv')).status === 403,
		'what is not the clerk\'s on the page is not in a file');
	const due = await supervisor.get('/desk/retention.csv');
	tap.ok(due.status === 200 && rowsOf(due.text).length === 1, 'nothing is due to be erased where no years are settled', due.text);
	tap.ok((await clerk.get('/desk/requests.csv?unit=none')).status === 200 && (await supervisor.get('/desk/requests.csv?unit=none')).status === 404,
		'a unit is chosen by who sees all; no such unit is told');
}

async function supervision(clerk, supervisor, href) {
	const board = await supervisor.get('/desk/board?year=2020');
	tap.ok(board.status === 200 && text(board).includes('按时率'), 'the board');
	tap.ok((await clerk.get('/desk/board')).status === 403, 'is the supervisor\'s');
	const json = JSON.parse((await supervisor.get('/desk/board.json?year=2020')).text);
	for (const [list, field] of [['open', 'open'], ['black', 'black']]) {
		let count = 0;
		for (let next = `/desk/queue.json?list=${list}`; next;) {
			const part = JSON.parse((await supervisor.get(next)).text);
			count += part.items.length;
			next = part.next;
		}
		tap.ok(count === json.sum[field], `every figure of the board opens its list: ${list}`, `${count} ${json.sum[field]}`);
	}
	const unit = json.units.find((u) => u.closed > 0);
	let closed = 0;
	for (let next = `/desk/queue.json?list=closed&unit=${unit.unit}&year=2020`; next;) {
		const part = JSON.parse((await supervisor.get(next)).text);
		closed += part.items.length;
		next = part.next;
	}
	tap.ok(closed === unit.closed, 'what was closed in the year, too', `${closed} ${unit.closed}`);
	const sent = await act(supervisor, `${href}/order`, `${href}/order`, { text: '请说明办理情况', due_on: day(5) });
	tap.ok(sent.status === 303, 'a letter of supervision', sent.status);
	const order = /\/desk\/orders\/\d+/.exec((await clerk.get(href)).text)[0];
	tap.ok((await act(clerk, order, order, { answer: '正在办理' })).status === 303, 'is answered by the unit');
	const again = await act(supervisor, order, `${order}/send-back`, { reason: '未说明原因', due_on: day(6) });
	tap.ok(again.status === 303 && text(await clerk.get(order)).includes('已被退回'), 'and sent back');
	tap.ok((await act(clerk, order, order, { answer: '材料较多' })).status === 303
		&& (await act(supervisor, order, `${order}/close`, {})).status === 303, 'and closed');
}

async function batches(clerk, hrefs) {
	const ids = hrefs.map((href) => /\d+$/.exec(href)[0]);
	const picks = ids.map((id) => `pick=${id}`).join('&');
	const choose = await clerk.get(`/desk/batch?${picks}&choose=yes`);
	tap.ok(text(choose).includes('已选2件') && choose.text.includes('value="assign"'), 'an act is chosen for what was ticked');
	const hidden = (page) => Object.fromEntries([...page.text.matchAll(/name="(_csrf|_form)" value="([^"]*)"/g)].map(([, k, v]) => [k, v]));
	const send = async (path, page, fields) => {
		const body = new URLSearchParams({ ...hidden(page), ...fields });
		ids.forEach((id) => body.append('pick', id));
		return clerk.request('POST', path, { body: body.toString(),
			headers: { 'content-type': 'application/x-www-form-urlencoded', origin: clerk.base.origin } });
	};
	const extension = { act: 'propose-extension', days: '5', reason: '材料多' };
	const form = await clerk.get(`/desk/batch?${picks}&act=propose-extension`);
	tap.ok(form.text.includes('name="days"') && !text(form).includes('可以办理的'), 'what the act needs is asked for first');
	const preview = await send('/desk/batch/preview', form, extension);
	tap.ok(text(preview).includes('可以办理的2件'), 'the preview says what will happen', text(preview).slice(0, 600));
	const none = await send('/desk/batch/preview', form, { act: 'file' });
	tap.ok(text(none).includes('不能办理的2件'), 'and why something will not');
	const done = await send('/desk/batch', preview, extension);
	tap.ok(done.status === 303, 'it is done', done.status + text(done).slice(0, 200));
	const result = JSON.parse((await clerk.get(`${where(done)}.json`)).text);
	tap.ok(result.done === 2 && result.lines.every((l) => l.done && l.result.includes('已提出延期')), 'and each case has its result', JSON.stringify(result));
}

// A record about oneself is corrected where it is kept: passed on within the site, or pointed elsewhere.
async function corrections(clerk, reviewer, citizen) {
	const page = await citizen.get('/amend');
	const unit = /<option value="([^"]+)"[^>]*>[^<]*人民政府/.exec(page.text)[1];
	const form = { unit, record: '登记资料中的出生日期', wrong: '写成1948年，应为1949年', evidence: '户口簿', class: 'person', name: '申请人甲〇一',
		document: 'resident_id', document_no: '11010519491231002X', phone: '13800000001' };
	const send = async () => {
		const sent = await act(citizen, '/amend', '/amend', form);
		return { number: /[A-Z0-9]+-GZ-\d+-\d+/.exec(text(sent))?.[0], code: /id="code">([^<]+)/.exec(sent.text)?.[1] };
	};
	const open = async ({ number }) => {
		const list = JSON.parse((await clerk.get('/desk/amendments.json')).text).items;
		return `/desk/amendments/${list.find((a) => a.number === number).id}`;
	};
	const first = await send(), here = await open(first);
	const desk = (await clerk.get(here)).text;
	const targets = [...desk.slice(desk.indexOf('name="target_unit"')).matchAll(/<option value="([^"]*)"/g)].map((m) => m[1]);
	tap.ok(targets[0] === '' && targets.length > 3 && !targets.includes(unit), 'passed on to none of this site unless chosen, and never to the unit itself', targets.slice(0, 4).join());
	const away = await act(clerk, here, here, { act: 'draft', result: 'referred', target: '示例省公安厅', target_unit: '' });
	tap.ok(away.status === 303 && text(await clerk.get(here)).includes('示例省公安厅'), 'pointed to an agency elsewhere', away.status + text(away).slice(0, 300));
	const drafted = await act(clerk, here, here, { act: 'draft', result: 'transferred', target_unit: targets[2] });
	tap.ok(drafted.status === 303 && new RegExp(`<option value="${targets[2]}" selected`).test((await clerk.get(here)).text), 'drafted anew, and what was chosen is still chosen', drafted.status);
	const signed = await act(reviewer, here, `${here}/issue`, { on: day(0) });
	tap.ok(signed.status === 303, 'signed', signed.status + text(signed).slice(0, 300));
	const told = text(await citizen.get('/amend/progress'));
	tap.ok(told.includes(`编号${targets[2]}-GZ-`) && told.includes('转送后'), 'who asked follows it to where it went', told.slice(-400));
}

let server;
try {
	sampleSite(program, dir);
	server = await serve(program, dir);
	const passwords = samplePasswords(dir);
	const people = {};
	for (const role of ['clerk', 'reviewer', 'supervisor']) {
		people[role] = new Client(server.url);
		await people[role].signIn(role, passwords[role]);
	}
	const hrefs = await intake(people.clerk);
	await hands(people.clerk, people.reviewer, hrefs[0]);
	await tasks(people.clerk, hrefs[0]);
	await lists(people.clerk, people.reviewer);
	await everyList(people.clerk, people.supervisor);
	await supervision(people.clerk, people.supervisor, hrefs[0]);
	await batches(people.clerk, hrefs);
	await alike(people.clerk, hrefs[0]);
	await corrections(people.clerk, people.reviewer, new Client(server.url));
} catch (e) {
	tap.ok(false, 'the play', e.stack);
} finally {
	if (server) {
		server.child.removeAllListeners('exit');
		server.child.kill('SIGTERM');
	}
	rmSync(dir, { recursive: true, force: true });
}
tap.end();
