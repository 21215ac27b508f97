// apply.mjs - a citizen's path over HTTP: errors that refill, a restart, sending twice, the receipt, wrong codes, tasks.
//   node tests/apply/apply.mjs PROGRAM
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Tap, samplePasswords, sampleSite, serve } from '../lib/client.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const tap = new Tap();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-apply-'));
const where = (answer) => answer.headers.location ?? '';
const text = (page) => page.text.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const PAPER = '证件的照片';
const NAME = '试用人癸某', NUMBER = '11010519491231002X', PHONE = '13800009999', ADDRESS = '某市某区无名路九号';
let server;

async function step(client, name, fields) {
	const hidden = await client.form(`/request/${name}`, `/request/${name}`);
	return client.post(`/request/${name}`, { ...hidden, ...fields });
}

async function upload(client, page, action, fields, name, content) {
	return sendParts(client, action, { ...await client.form(page, action), ...fields }, name, content);
}

async function sendParts(client, action, fields, name, content) {
	const mark = 'mark5fc7c0de';
	const parts = Object.entries(fields).map(([k, v]) => Buffer.from(
		`--${mark}\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`));
	if (name) parts.push(Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n`
		+ 'Content-Type: application/octet-stream\r\n\r\n'), Buffer.from(content), Buffer.from('\r\n'));
	parts.push(Buffer.from(`--${mark}--\r\n`));
	return client.request('POST', action, {
		body: Buffer.concat(parts),
		headers: { 'content-type': `multipart/form-data; boundary=${mark}`, origin: client.base.origin },
	});
}

async function restart() {
	server.child.kill('SIGTERM');
	await new Promise((done) => server.child.once('exit', done));
	server = await serve(program, dir);
}

async function filling() {
	const citizen = new Client(server.url);
	const start = await citizen.get('/request');
	tap.ok(start.status === 200 && text(start).includes('不需要说明用途'), 'the start page says what one may ask');
	const begun = await citizen.post('/request', await citizen.form('/request', '/request'));
	tap.ok(begun.status === 303 && where(begun) === '/request/ask', 'begun', where(begun));
	const empty = await step(citizen, 'ask', { content: ' ' });
	tap.ok(empty.status === 422 && empty.text.includes('id="content-error"'), 'nothing asked: said at its field', empty.status);
	tap.ok(where(await step(citizen, 'ask', { content: '九号路改造工程的批复文件全文' })) === '/request/who', 'asked');
	tap.ok((await step(citizen, 'who', {})).status === 422, 'a class must be chosen');
	tap.ok(where(await step(citizen, 'who', { class: 'natural_person' })) === '/request/identity', 'as a person');
	const slip = await step(citizen, 'identity', { name: NAME, document: 'resident_id', document_no: '110105194912310021' });
	tap.ok(slip.status === 422 && slip.text.includes('id="document_no-error"') && slip.text.includes(`value="${NAME}"`)
		&& slip.text.includes('value="110105194912310021"'), 'a wrong check character: said, and everything stays', slip.status);
	await restart();
	citizen.base = new URL(server.url);
	const kept = await citizen.get('/request/identity');
	tap.ok(kept.text.includes(`value="${NAME}"`) && kept.text.includes('value="110105194912310021"'), 'a restart loses nothing, not even what was wrong');
	tap.ok(where(await step(citizen, 'identity', { name: NAME, document: 'resident_id', document_no: NUMBER })) === '/request/contact', 'mended');
	tap.ok((await step(citizen, 'contact', {})).status === 422, 'some way to be reached');
	tap.ok(where(await step(citizen, 'contact', { phone: PHONE })) === '/request/agent', 'a telephone');
	tap.ok(where(await step(citizen, 'agent', {})) === '/request/receive', 'no agent');
	const post = await step(citizen, 'receive', { form: 'paper', way: 'post' });
	tap.ok(post.status === 422 && text(post).includes('通信地址'), 'by post needs an address', post.status);
	await step(citizen, 'contact', { phone: PHONE, address: ADDRESS });
	tap.ok(where(await step(citizen, 'receive', { form: 'paper', way: 'post' })) === '/request/files', 'form and way');
	const bad = await upload(citizen, '/request/files', '/request/files/add', { purpose: 'request' }, 'a.exe', Buffer.from('\x7fELF\x02\x01'));
	tap.ok(bad.status === 422 && text(bad).includes('不能接收这种文件'), 'a program is no attachment', bad.status);
	const good = await upload(citizen, '/request/files', '/request/files/add', { purpose: 'request' }, '位置说明.txt', '九号路');
	tap.ok(good.status === 303 && text(await citizen.get('/request/files')).includes('位置说明.txt'), 'a text is', good.status);
	await upload(citizen, '/request/files', '/request/files/add', { purpose: 'identity' }, '证件.txt', PAPER);
	const last = await upload(citizen, '/request/files', '/request/files/add', { purpose: 'request', act: 'next' }, '二.txt', '二');
	tap.ok(where(last) === '/request/check' && text(await citizen.get('/request/files')).includes('二.txt'), 'who goes on with a file in hand does not lose it', where(last));
	tap.ok(where(await upload(citizen, '/request/files', '/request/files/add', { purpose: 'request', act: 'next' })) === '/request/check', 'to the check page');
	const check = await citizen.get('/request/check');
	tap.ok([NAME, NUMBER, PHONE, ADDRESS, '九号路改造', '附件'].every((w) => text(check).includes(w)) && check.text.includes('href="/request/contact?from=check"'),
		'everything to be checked, each with its way back', text(check).slice(0, 500));
	tap.ok(!text(check).includes('代理人证件号码') && !text(check).includes('联系人') && text(check).includes('二.txt'), 'without lines that do not concern, files by name');
	tap.ok(check.text.includes('href="/request/identity?from=check"') && (await citizen.get('/request/identity?from=check')).text.includes('name="from" value="check"'), 'each line leads to its page and back');
	const change = await step(citizen, 'identity', { from: 'check', name: NAME, document: 'resident_id', document_no: '１１０１０５１９４９１２３１００２ｘ' });
	tap.ok(where(change) === '/request/check', 'who comes back to change one thing is back at the check page', where(change));
	tap.ok(/11010519491231002[xX]/.test(text(await citizen.get('/request/check'))), 'wide digits and a small x are taken as they are meant');
	tap.ok(where(await step(citizen, 'agent', { from: 'check', agent_name: '代理人子某' })) === '/request/check' && text(await citizen.get('/request/check')).includes('还没有上传授权委托书'), 'an agent without authority is told of the paper');
	await step(citizen, 'agent', { agent_name: '' });
	await step(citizen, 'identity', { name: NAME, document: 'resident_id', document_no: NUMBER });
	const stranger = new Client(server.url);
	tap.ok((await stranger.get('/request/check')).status === 404 && (await stranger.get('/request/receipt')).status === 404, 'a stranger sees nothing of it');
	return citizen;
}

// A clerk tells an answer to all, a reviewer agrees; then who asks for it is shown it first.
async function publicAnswers() {
	const passwords = samplePasswords(dir);
	const clerk = new Client(server.url), reviewer = new Client(server.url), citizen = new Client(server.url);
	await clerk.signIn('clerk', passwords.clerk);
	await reviewer.signIn('reviewer', passwords.reviewer);
	const items = JSON.parse((await clerk.get('/desk/requests.json?state=closed')).text).items;
	let one;
	for (const r of items) if (!one && (await clerk.get(`/desk/requests/${r.id}`)).text.includes(`/desk/requests/${r.id}/make-public`)) one = r;
	tap.ok(one !== undefined, 'an answer that gave something may be told to all', items.length);
	const page = `/desk/requests/${one.id}/make-public`;
	const words = { title: '八号路雨水口改造工程的设计标准', answer: '采用三年一遇的设计标准，见区水务局公布的技术要点。', place: '' };
	const named = await clerk.post(page, { ...await clerk.form(page, page), ...words, answer: '请拨打13912345678' });
	tap.ok(named.status === 422 && named.text.includes('id="answer-error"') && named.text.includes('请拨打13912345678'), 'a mobile number is not told to all, and stays to be mended', named.status);
	const drafted = await clerk.post(page, { ...await clerk.form(page, page), ...words });
	const desk = where(drafted), id = desk.split('/').pop();
	tap.ok(drafted.status === 303 && /^\/desk\/answers\/\d+$/.test(desk), 'drafted', `${drafted.status} ${desk}`);
	tap.ok((await citizen.get(`/answers/${id}`)).status === 404, 'a draft is nobody\'s to read');
	const review = `${desk}/publish`;
	tap.ok((await clerk.get(review)).status === 403, 'who drafts does not review');
	tap.ok((await reviewer.post(review, { ...await reviewer.form(desk, review), review: '可以公开' })).status === 303, 'reviewed by another');
	tap.ok(text(await citizen.get(`/answers/${id}`)).includes('三年一遇') && JSON.parse((await citizen.get('/answers.json?q=' + encodeURIComponent('雨水口改造的设计标准'))).text).items[0]?.ref === Number(id), 'public and found');
	await citizen.post('/request', await citizen.form('/request', '/request'));
	const asked = await step(citizen, 'ask', { content: '请问八号路雨水口改造用的是什么设计标准' });
	tap.ok(where(asked) === '/request/before', 'who asks for it is shown it first', where(asked));
	const before = await citizen.get('/request/before');
	tap.ok(before.text.includes(`href="/answers/${id}"`) && before.text.includes('href="/request/who"'), 'with both ways on');
	const avoided = async () => JSON.parse((await citizen.get('/request/avoided.json')).text).value;
	const none = await avoided();
	for (let i = 0; i < 2; i++) {
		const done = await citizen.post('/request/answered', await citizen.form('/request/before', '/request/answered'));
		tap.ok(where(done) === '/request', 'answered', done.status);
	}
	tap.ok(await avoided() === none + 1 && text(await citizen.get('/request/avoided')).includes(words.title), 'one request less, once, with its record');
	tap.ok((await citizen.get('/request/ask')).text.includes('八号路雨水口改造用的是什么设计标准'), 'and what was typed is still there');
	const down = `${desk}/withdraw`;
	tap.ok((await reviewer.post(down, { ...await reviewer.form(desk, down), reason: '标准已经调整' })).status === 303 && (await citizen.get(`/answers/${id}`)).status === 404, 'withdrawn, it is gone');
}

async function sending(citizen) {
	const hidden = await citizen.form('/request/check', '/request/send');
	const both = await Promise.all([citizen.post('/request/send', hidden), new Promise((go) => setTimeout(go, 50)).then(() => citizen.post('/request/send', hidden))]);
	tap.ok(both.every((a) => a.status === 303 && where(a) === '/request/receipt'), 'sent twice', both.map((a) => a.status).join());
	const receipt = await citizen.get('/request/receipt');
	const number = /登记编号 ([A-Z]+-\d{4}-\d{4})/.exec(text(receipt))?.[1], code = /id="code">([^<]*)</.exec(receipt.text)?.[1];
	tap.ok(number && /^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){3}$/.test(code ?? ''), 'a number and a code of 80 bits', `${number} ${code}`);
	tap.ok(receipt.text.includes('<svg') && !/progress\?[^"<]*[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}-/.test(receipt.text), 'a QR of the page, without the code');
	const again = await citizen.get('/request/receipt');
	tap.ok(again.text.includes(code), 'an answer that was lost is there again');
	tap.ok(/no-store/.test(receipt.headers['cache-control'] ?? ''), 'kept by no cache');
	tap.ok(where(await citizen.get('/request/check')) === '/request/receipt', 'there is nothing left to send');
	return { number, code };
}

async function following({ number, code }) {
	const citizen = new Client(server.url);
	const hidden = () => citizen.form('/request/progress', '/request/progress');
	const wrong = await citizen.post('/request/progress', { ...await hidden(), number, code: 'ABCD-EFGH-JKLM-NPQR' });
	const other = await citizen.post('/request/progress', { ...await hidden(), number: 'NO-2020-0001', code });
	const sentence = (p) => /id="number-error"[^>]*>([\s\S]*?)<\/p>/.exec(p.text)?.[1].replace(/<[^>]*>/g, '');
	tap.ok(wrong.status === 422 && other.status === 422 && sentence(wrong) && sentence(wrong) === sentence(other), 'a wrong code and a wrong number have one answer', `${sentence(wrong)} ${sentence(other)}`);
	tap.ok((await citizen.get('/request/progress.json')).status === 404, 'nothing without them');
	const right = await citizen.post('/request/progress', { ...await hidden(), number, code: code.toLowerCase().replaceAll('-', ' ') });
	tap.ok(right.status === 303, 'number and code, as people type it', right.status);
	const page = await citizen.get('/request/progress');
	tap.ok(text(page).includes(number) && text(page).includes('试**') && !page.text.includes(NAME) && !page.text.includes(PHONE), 'the request, its applicant masked', text(page).slice(0, 400));
	const href = /href="(\/request\/progress\/files\/\d+)"/.exec(page.text)?.[1];
	const file = await citizen.get(href);
	tap.ok(file.status === 200 && file.text === '九号路' && /^attachment/.test(file.headers['content-disposition']) && file.headers['x-content-type-options'] === 'nosniff', 'its file, as a download');
	tap.ok((await new Client(server.url).get(href)).status === 404, 'and for nobody else');
	const json = JSON.parse((await citizen.get('/request/progress.json')).text);
	tap.ok(json.number === number && ['confirming', 'handling'].includes(json.state), 'the same for machines', JSON.stringify(json).slice(0, 200));
	return citizen;
}

async function enter(client, { number, code }) {
	return client.post('/request/progress', { ...await client.form('/request/progress', '/request/progress'), number, code });
}

async function working(citizen, receipt) {
	const { number } = receipt;
	const clerk = new Client(server.url);
	await clerk.signIn('clerk', samplePasswords(dir).clerk);
	const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
	const later = new Date(Date.now() + 24 * 24 * 3600e3).toISOString().slice(0, 10);
	const one = JSON.parse((await clerk.get(`/desk/requests.json?number=${number}`)).text).items[0];
	tap.ok(one !== undefined, 'it is on the desk');
	const desk = `/desk/requests/${one.id}`;
	const act = async (name, fields) => clerk.post(`${desk}/${name}`, { ...await clerk.form(`${desk}/${name}`, `${desk}/${name}`), ...fields });
	if (one.state === 'confirming') tap.ok((await act('confirm', { on: today })).status === 303, 'confirmed on the desk');
	tap.ok(!text(await citizen.get('/request/progress')).includes('等待确认'), 'who was confirmed does not wait');
	const asked = await act('ask-correction', { on: today, until: later, text: '一、请写明批复的年份。', guidance: '可以在公告栏查到。' });
	tap.ok(asked.status === 303, 'a correction is asked', text(asked).slice(0, 600));
	const task = await citizen.get('/request/progress');
	tap.ok(text(task).includes('请写明批复的年份') && task.text.includes('action="/request/progress/correct"'), 'the applicant reads what is missing', text(task).slice(0, 500));
	const none = await upload(citizen, '/request/progress', '/request/progress/correct', { text: ' ' });
	tap.ok(none.status === 422 && none.text.includes('id="text-error"'), 'an empty answer is none', none.status);
	const bad = await upload(citizen, '/request/progress', '/request/progress/correct', { text: '是2019年的。' }, 'x.exe', Buffer.from('\x7fELF\x02'));
	tap.ok(bad.status === 422 && bad.text.includes('是2019年的。'), 'a refused file does not take the words along', bad.status);
	const clicked = await citizen.form('/request/progress', '/request/progress/correct');
	const given = await upload(citizen, '/request/progress', '/request/progress/correct', { text: '是2019年的。' }, '说明.txt', '2019');
	const twice = await sendParts(citizen, '/request/progress/correct', { ...clicked, text: '是2019年的。' }, '说明.txt', '2019');
	tap.ok(where(twice) === '/request/progress', 'clicked twice, it is received once', twice.status);
	const other = await sendParts(citizen, '/request/progress/correct', { ...clicked, text: '是2018年的。' });
	tap.ok(other.status === 409 && other.text.includes('是2018年的。'), 'other words are no second correction, and are shown again', other.status);
	tap.ok(given.status === 303, 'given', text(given).slice(0, 400));
	const now = JSON.parse((await citizen.get('/request/progress.json')).text);
	const again = await upload(citizen, '/request/progress/withdraw', '/request/progress/withdraw', {}, null);
	tap.ok(again.status === 415, 'files where none are asked for are refused', again.status);
	tap.ok(now.state === 'handling' && now.clock.length >= 20, 'and the period runs anew', JSON.stringify(now).slice(0, 200));
	execFileSync(program, ['fee', 'charge', number, '--tariff', 'quantity', '--pages', '31', '--delivered', today, '--as', 'clerk', '--data', dir, '--json'], { stdio: 'pipe' });
	const due = JSON.parse((await citizen.get('/request/progress.json')).text), pay = text(await citizen.get('/request/progress'));
	tap.ok(due.fee?.awaited === true && due.fee.pay_until > today && pay.includes('请缴纳信息处理费') && pay.includes(due.fee.yuan), 'what is to be paid, and until when', JSON.stringify(due.fee));
	const page = await citizen.get('/request/progress/withdraw');
	tap.ok(page.text.includes('不能恢复') && page.text.includes('九号路改造'), 'withdrawing asks once more');
	const hidden = await citizen.form('/request/progress/withdraw', '/request/progress/withdraw');
	for (let i = 0; i < 2; i++) tap.ok((await citizen.post('/request/progress/withdraw', hidden)).status === 303, 'withdrawn');
	const end = JSON.parse((await citizen.get('/request/progress.json')).text);
	tap.ok(end.state === 'closed' && end.result.includes('撤回'), 'and closed as that', JSON.stringify(end).slice(0, 200));
	const letter = end.letters.find((l) => l.title.includes('撤回'));
	const sheet = await citizen.get(letter?.pdf ?? '/nowhere');
	tap.ok(sheet.status === 200 && sheet.text.startsWith('%PDF-') && /^attachment/.test(sheet.headers['content-disposition']), 'with a letter that says so, as PDF', JSON.stringify(end.letters));
	tap.ok((await new Client(server.url).get(letter.pdf)).status === 404, 'for nobody else');
	await citizen.post('/request/progress/leave', await citizen.form('/request/progress', '/request/progress/leave'));
	tap.ok((await citizen.get('/request/progress.json')).status === 404, 'who leaves has left');
}

// An officer opens the person, with a reason each time; whoever may only see cases does not.
async function looking({ number }) {
	const clerk = new Client(server.url), adviser = new Client(server.url);
	await clerk.signIn('clerk', samplePasswords(dir).clerk);
	await adviser.signIn('adviser', samplePasswords(dir).adviser);
	const one = JSON.parse((await clerk.get(`/desk/requests.json?number=${number}`)).text).items[0];
	const person = `/desk/requests/${one.id}/person`;
	const masked = await clerk.get(person);
	tap.ok(masked.status === 200 && text(masked).includes('试**') && ![NAME, NUMBER, PHONE, ADDRESS].some((w) => masked.text.includes(w)), 'masked on the page', text(masked).slice(0, 300));
	const hidden = await clerk.form(person, person);
	const bare = await clerk.post(person, { ...hidden, why: ' ' });
	tap.ok(bare.status === 422 && bare.text.includes('id="why-error"') && !bare.text.includes(PHONE), 'no look without a reason', bare.status);
	const full = await clerk.post(person, { ...hidden, why: '电话核实' });
	tap.ok(full.status === 200 && [NAME, NUMBER, PHONE, ADDRESS].every((w) => full.text.includes(w)), 'with one, everything', full.status);
	tap.ok(/no-store/.test(full.headers['cache-control'] ?? ''), 'kept by no cache');
	const again = await clerk.get(person);
	tap.ok(!again.text.includes(PHONE) && text(again).includes('电话核实'), 'shown once; that it was is listed');
	const paper = /href="(\/desk\/requests\/\d+\/files\/\d+)">身份证明/.exec(again.text)?.[1];
	const ask = await clerk.get(paper);
	tap.ok(ask.status === 200 && ask.text.includes('name="why"') && !ask.text.includes(PAPER), 'a paper of identity asks why too', ask.status);
	const file = await clerk.post(paper, { ...await clerk.form(paper, paper), why: '核对证件' });
	tap.ok(file.status === 200 && file.text === PAPER && /no-store/.test(file.headers['cache-control']), 'then it is a download', file.status);
	tap.ok(text(await clerk.get(person)).includes('核对证件'), 'and is listed');
	const plain = /href="(\/desk\/requests\/\d+\/files\/\d+)">位置说明/.exec(again.text)?.[1];
	tap.ok((await clerk.get(plain)).text === '九号路', 'other papers are plain downloads');
	tap.ok((await adviser.get(person)).status === 200 && !(await adviser.get(person)).text.includes('name="why"'), 'who may not look is not offered it');
	const other = await adviser.post(person, { ...await adviser.form('/desk/password', '/desk/password'), why: '好奇' });
	tap.ok(other.status === 403, 'nor let in', other.status);
}

// A case of the sample year that was answered and served: letters, a suggestion, complaints, a lost session.
async function afterwards() {
	const passwords = samplePasswords(dir);
	const [clerk, reviewer, supervisor, citizen] = [1, 2, 3, 4].map(() => new Client(server.url));
	await clerk.signIn('clerk', passwords.clerk);
	await reviewer.signIn('reviewer', passwords.reviewer);
	await supervisor.signIn('supervisor', passwords.supervisor);
	const items = JSON.parse((await clerk.get('/desk/requests.json?state=closed')).text).items;
	const one = items.find((r) => r.outcome === 'granted');
	const counter = `/desk/requests/${one.id}/code`;
	const blank = await clerk.post(counter, { ...await clerk.form(counter, counter), reason: '' });
	tap.ok(blank.status === 422, 'a code is handed out to who showed who it is', blank.status);
	const handed = await clerk.post(counter, { ...await clerk.form(counter, counter), reason: '当面核对居民身份证' });
	const own = { number: one.number, code: /id="code">([^<]*)</.exec(handed.text)?.[1] };
	tap.ok(handed.status === 200 && own.code && !(await clerk.get(counter)).text.includes(own.code), 'a code, shown once', handed.status);
	tap.ok((await enter(citizen, own)).status === 303, 'in with a code handed out at the counter');
	const page = await citizen.get('/request/progress');
	const json = JSON.parse((await citizen.get('/request/progress.json')).text);
	const answer = json.letters.find((l) => l.served_on !== null);
	tap.ok(answer !== undefined && json.remedy.length > 0 && text(page).includes('送达您的文书'), 'the answer served, and what may be done against it', JSON.stringify(json.letters));
	const paper = await citizen.get(answer.pdf.replace('/letter.pdf', ''));
	tap.ok(paper.status === 200 && paper.text.includes('gk-letter'), 'to read');
	tap.ok((await citizen.get(answer.pdf)).text.startsWith('%PDF-'), 'and as PDF');
	const others = JSON.parse((await clerk.get('/desk/letters.json')).text).items.filter((l) => !json.letters.some((m) => m.pdf.includes(`/${l.id}/`)));
	tap.ok(others.length > 0 && (await citizen.get(`/request/progress/letters/${others[0].id}`)).status === 404
		&& (await citizen.get(`/request/progress/letters/${others[0].id}/letter.pdf`)).status === 404, 'no letter of another case');
	tap.ok((await citizen.get('/request/progress/receipt')).text.includes(one.number) && (await citizen.get('/request/progress/receipt.pdf')).text.startsWith('%PDF-'), 'the receipt, to print');
	const send = async (what, fields) => citizen.post(`/request/progress/${what}`, { ...await citizen.form(`/request/progress/${what}`, `/request/progress/${what}`), ...fields });
	tap.ok((await send('suggest', { text: '' })).status === 422, 'a suggestion says why');
	const form = await citizen.form('/request/progress/suggest', '/request/progress/suggest');
	const both = await Promise.all([1, 2].map(() => citizen.post('/request/progress/suggest', { ...form, text: '邻里都想知道这件事' })));
	tap.ok(both.every((a) => a.status === 303), 'sent twice', both.map((a) => a.status).join());
	const waiting = JSON.parse((await clerk.get('/desk/suggestions.json')).text);
	const mine = waiting.items.filter((s) => s.text === '邻里都想知道这件事');
	tap.ok(mine.length === 1, 'received once, on the desk of its unit', JSON.stringify(waiting).slice(0, 300));
	const desk = `/desk/suggestions/${mine[0].id}`;
	tap.ok((await clerk.get(desk)).status === 200 && !(await clerk.get(desk)).text.includes('name="finding"'), 'a clerk reads it and does not decide');
	const decided = await reviewer.post(desk, { ...await reviewer.form(desk, desk), finding: 'accepted', answer: '本机关将及时主动公开。' });
	tap.ok(decided.status === 303 && /^\/desk\/letters\/\d+$/.test(where(decided)), 'decided, with its letter to issue', `${decided.status} ${where(decided)}`);
	tap.ok(text(await citizen.get('/request/progress')).includes('本机关将及时主动公开'), 'the applicant reads it');
	const none = await send('complain', { text: '没有按时答复' });
	tap.ok(none.status === 422 && none.text.includes('没有按时答复') && none.text.includes('id="ground-error"'), 'a complaint is about something', none.status);
	// The session ends while somebody writes: nothing typed is lost.
	const typed = await citizen.form('/request/progress/complain', '/request/progress/complain');
	const session = citizen.cookies;
	citizen.cookies = new Map([...session].filter(([k]) => !/case$/.test(k)));
	const over = await citizen.post('/request/progress/complain', { ...typed, ground: 'not_answered', text: '答复没有写明依据' });
	tap.ok(over.status === 422 && over.text.includes('答复没有写明依据') && over.text.includes('name="code"'), 'a session that is over asks for the code and keeps the words', over.status);
	const hidden = Object.fromEntries([...over.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map((m) => [m[1], m[2]]));
	const wrong = await citizen.post('/request/progress', { ...hidden, kept: '答复没有写明依据', number: own.number, code: 'ABCD-EFGH-JKLM-NPQR' });
	tap.ok(wrong.status === 422 && wrong.text.includes('答复没有写明依据'), 'a slip of the pen loses nothing either', wrong.status);
	const back = await citizen.post('/request/progress', { ...hidden, kept: '答复没有写明依据', ...own });
	tap.ok(back.status === 200 && back.text.includes('答复没有写明依据') && /value="not_answered"[^>]*checked/.test(back.text), 'and stands in its form again', back.status);
	const inside = Object.fromEntries([...back.text.slice(back.text.indexOf('action="/request/progress/complain"')).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].slice(0, 2).map((m) => [m[1], m[2]]));
	tap.ok((await citizen.post('/request/progress/complain', { ...inside, ground: 'not_answered', text: '答复没有写明依据' })).status === 303, 'to be sent');
	const list = JSON.parse((await supervisor.get('/desk/complaints.json')).text).items.filter((c) => c.request === own.number && c.text === '答复没有写明依据');
	tap.ok(list.length === 1 && (await clerk.get('/desk/complaints')).status === 403 && !(await clerk.get(`/desk/requests/${one.id}`)).text.includes('/desk/complaints/'), 'with the body in charge, and not before those complained of', list.length);
	const theirs = `/desk/complaints/${list[0].id}`;
	tap.ok((await supervisor.post(theirs, { ...await supervisor.form(theirs, theirs), finding: 'upheld', answer: '已督促该单位补充说明。' })).status === 303
		&& text(await citizen.get('/request/progress')).includes('已督促该单位补充说明'), 'answered');
	tap.ok((await supervisor.post(theirs, { ...typed, version: '1', finding: 'upheld', answer: '再答' })).status !== 303, 'once');
	const settings = await supervisor.form('/desk/apply-settings', '/desk/apply-settings');
	tap.ok((await supervisor.post('/desk/apply-settings', { ...settings, draft_days: '20', opens: '18', closes: '9', confirm: 'hand' })).status === 422, 'hours that end before they begin are none');
	tap.ok((await supervisor.post('/desk/apply-settings', { ...settings, draft_days: '20', opens: '9', closes: '18', confirm: 'sending' })).status === 303
		&& text(await citizen.get('/request')).includes('20日内'), 'the site settles how long a form is kept');
}

// Art. 41: asked for without an account, followed with its own code, seen and answered on the desk.
async function amending() {
	const citizen = new Client(server.url), clerk = new Client(server.url), signer = new Client(server.url);
	const page = await citizen.get('/amend');
	const unit = /<option value="([^"]+)"[^>]*>[^<]*人民政府/.exec(page.text)?.[1];
	const fields = { unit, record: '登记资料中的出生日期', wrong: '写成1948年', evidence: '户口簿', class: 'person', name: '试用人壬某',
		document: 'resident_id', document_no: NUMBER, phone: '13900008888' };
	const bad = await upload(citizen, '/amend', '/amend', { ...fields, evidence: ' ' });
	tap.ok(bad.status === 422 && bad.text.includes('id="evidence-error"') && bad.text.includes('写成1948年'), 'no correction without evidence', bad.status);
	const empty = await upload(citizen, '/amend', '/amend', { ...fields, record: '', wrong: '', evidence: '', name: '', document_no: '' });
	tap.ok(empty.status === 422 && text(empty).includes('有 5 处需要改正'), 'all that is missing is told at once', text(empty).slice(0, 300));
	const receipt = await upload(citizen, '/amend', '/amend', fields, '户口簿.txt', '户口簿首页');
	const number = /编号 <strong>([^<]*)</.exec(receipt.text)?.[1], code = /id="code">([^<]*)</.exec(receipt.text)?.[1];
	tap.ok(receipt.status === 200 && /-GZ-\d{4}-0001$/.test(number ?? '') && code?.length === 19, 'a receipt with number and code', text(receipt).slice(0, 300));
	const stranger = new Client(server.url);
	const wrong = await stranger.post('/amend/progress', { ...await stranger.form('/amend/progress', '/amend/progress'), number, code: 'ABCD-EFGH-JKLM-NPQR' });
	tap.ok(wrong.status === 422 && wrong.text.includes('id="number-error"'), 'a wrong code opens nothing', wrong.status);
	tap.ok(text(await citizen.get('/amend/progress')).includes('正在办理'), 'who sent it is in already');
	await citizen.post('/amend/progress/leave', await citizen.form('/amend/progress', '/amend/progress/leave'));
	tap.ok((await citizen.get('/amend/progress.json')).status === 404, 'and out after leaving');
	const ask = async () => { const in_ = await citizen.post('/amend/progress', { ...await citizen.form('/amend/progress', '/amend/progress'), number, code }); return in_.status === 303 ? text(await citizen.get('/amend/progress')) : text(in_); };
	tap.ok((await ask()).includes('正在办理'), 'the right one tells how it stands');
	tap.ok((await citizen.get('/amend/progress/letter.pdf')).status === 404, 'there is no letter before it was served');
	await clerk.signIn('clerk', samplePasswords(dir).clerk);
	await signer.signIn('signer', samplePasswords(dir).signer);
	const one = JSON.parse((await clerk.get('/desk/amendments.json')).text).items.find((a) => a.number === number);
	const path = `/desk/amendments/${one?.id}`;
	const shown = await clerk.get(path);
	tap.ok(text(shown).includes('写成1948年') && !shown.text.includes('试用人壬某'), 'on the desk, its applicant masked');
	const paper = new RegExp(`href="(${path}/files/\\d+)"`).exec(shown.text)?.[1];
	tap.ok((await clerk.get(paper)).text === '户口簿首页', 'with its proof');
	const drafted = await clerk.post(path, { ...await clerk.form(path, path), result: 'corrected', finding: '' });
	tap.ok(drafted.status === 303, 'the letter is drafted', text(drafted).slice(0, 300));
	const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
	const signed = await signer.post(`${path}/issue`, { ...await signer.form(path, `${path}/issue`), on: today });
	tap.ok(signed.status === 303, 'and signed', text(signed).slice(0, 300));
	const served = await clerk.post(path, { ...await clerk.form(path, path), on: today });
	const told = text(await citizen.get('/amend/progress'));
	tap.ok(served.status === 303 && told.includes('予以更正'), 'served: the applicant reads the result', text(served).slice(0, 300));
	const sheet = await citizen.get('/amend/progress/letter.pdf');
	tap.ok(told.includes('更正告知书') && sheet.text.startsWith('%PDF-') && text(await citizen.get('/amend/progress/letter')).includes('出生日期'), 'and the letter, on the page and as PDF', sheet.status);
	tap.ok((await stranger.get('/amend/progress/letter')).status === 404, 'nobody else does');
}

// A page that was open for too long, its cookie gone: nothing typed is lost, on no form.
async function stale() {
	const words = '很长的一段话，写了一个下午';
	for (const [page, action, fields, typed] of [
		['/request/ask', '/request/ask', { content: words }, words],
		['/request/contact', '/request/contact', { phone: '13800001111' }, 'value="13800001111"'],
		['/request/progress', '/request/progress', { number: 'YX-2020-0001', code: 'x' }, 'value="YX-2020-0001"'],
	]) {
		const citizen = new Client(server.url);
		const fields_ = { ...await citizen.form(page, action), ...fields };
		citizen.cookies.clear();
		const got = await citizen.post(action, fields_);
		tap.ok(got.status === 403 && got.text.includes(typed) && text(got).includes('您填写的内容都还在下面'), `${page}: an old page is shown again as it was typed`, `${got.status} ${text(got).slice(0, 300)}`);
		const csrf = /name="_csrf" value="([^"]*)"/.exec(got.text)?.[1], form = /name="_form" value="([^"]*)"/.exec(got.text)?.[1];
		const again = await citizen.post(action, { ...fields, _csrf: csrf, _form: form });
		tap.ok(again.status !== 403, 'and goes through when it is sent again', again.status);
	}
	const citizen = new Client(server.url);
	const unit = /<option value="([^"]+)"[^>]*>[^<]*人民政府/.exec((await citizen.get('/amend')).text)?.[1];
	const form = await citizen.form('/amend', '/amend');
	citizen.cookies.clear();
	const got = await sendParts(citizen, '/amend', { ...form, unit, record: '出生日期', wrong: words, evidence: '户口簿' }, 'a.txt', 'a');
	tap.ok(got.status === 403 && got.text.includes(words), 'a correction with its file, too', got.status);
}

async function guessing({ number, code }) {
	const guesser = new Client(server.url);
	let last;
	for (let i = 0; i < 25; i++)
		last = await guesser.post('/request/progress', { ...await guesser.form('/request/progress', '/request/progress'), number, code: `ABCD-EFGH-JKLM-${2000 + i}` });
	tap.ok(text(last).includes('尝试次数过多'), 'guessing ends', text(last).slice(0, 300));
	const right = await guesser.post('/request/progress', { ...await guesser.form('/request/progress', '/request/progress'), number, code });
	tap.ok(right.status === 422, 'for the right code too, from that address', right.status);
}

// A wrong code of a number that exists, a wrong number, both wrong: one answer, in one time. Taken in turns, each from an
// address of its own by the word of a proxy that is believed here.
async function sameTime({ number, code }) {
	const guesser = new Client(server.url);
	const hidden = await guesser.form('/request/progress', '/request/progress');
	const guesses = [{ number, code: 'ABCD-EFGH-JKLM-NPQR' }, { number: 'NO-2020-0001', code }, { number: 'NO-2020-0001', code: 'ABCD-EFGH-JKLM-NPQR' }];
	const times = guesses.map(() => []), answers = guesses.map(() => new Set());
	for (let round = 0; round < 40; round++)
		for (const [i, guess] of guesses.entries()) {
			const began = process.hrtime.bigint();
			const answer = await guesser.request('POST', '/request/progress', {
				body: new URLSearchParams({ ...hidden, ...guess }).toString(),
				headers: { 'content-type': 'application/x-www-form-urlencoded', origin: guesser.base.origin, 'x-forwarded-for': `192.0.2.${round + 1}` },
			});
			times[i].push(Number(process.hrtime.bigint() - began) / 1e6);
			answers[i].add(`${answer.status} ${answer.text.replaceAll(guess.number, '').replace(/value="[^"]*"/g, '')}`);
		}
	// What a machine that is busy with other things adds is left out: of each the fifth shortest.
	const quiet = times.map((t) => t.sort((a, b) => a - b)[4]);
	tap.ok(answers.every((a) => a.size === 1 && [...a][0] === [...answers[0]][0]), 'number or code, both have one answer to the letter', answers.map((a) => a.size).join());
	tap.ok(Math.max(...quiet) < 1.5 * Math.min(...quiet) + 0.5, 'in the same time', quiet.map((m) => m.toFixed(2)).join(' ms, '));
	console.log(`# guesses: ${quiet.map((m) => m.toFixed(2)).join(', ')} ms`);
}

function nothingInClear({ code }) {
	const all = readdirSync(dir).filter((f) => /^site\.db/.test(f)).map((f) => readFileSync(join(dir, f)));
	const seen = [NAME, NUMBER, PHONE, ADDRESS, code, '位置说明', PAPER, '九号路改造', '请写明批复的年份', '是2019年的', '申请人甲', '试用人壬某', '写成1948年', '户口簿'].filter((w) => all.some((b) => b.includes(Buffer.from(w))));
	tap.ok(seen.length === 0, 'nobody is to be found in the database files', seen.join());
	const log = server.log();
	tap.ok(![NAME, NUMBER, PHONE, code].some((w) => log.includes(w)), 'nor in the log', log.slice(-500));
}

try {
	sampleSite(program, dir);
	writeFileSync(join(dir, 'gongkai.conf'), 'trusted_proxy = 127.0.0.1\n', { flag: 'a' });
	server = await serve(program, dir);
	await publicAnswers();
	const citizen = await filling();
	const receipt = await sending(citizen);
	const follower = await following(receipt);
	await working(follower, receipt);
	await afterwards();
	await looking(receipt);
	await amending();
	await stale();
	await guessing(receipt);
	await sameTime(receipt);
	nothingInClear(receipt);
	const verdict = execFileSync(program, ['verify', '--data', dir], { encoding: 'utf8' });
	tap.ok(verdict.length > 0, 'the ledger is intact');
} catch (e) {
	tap.ok(false, 'the path went on to its end', e.stack);
} finally {
	server?.child.kill('SIGTERM');
	rmSync(dir, { recursive: true, force: true });
}
tap.end();
