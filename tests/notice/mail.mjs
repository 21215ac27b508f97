// mail.mjs - mail in and out over a real mail server: what a citizen writes becomes a request, answers find their case,
// what a machine answers moves no clock, and nothing is lost or taken twice when the program is killed.
//   node tests/notice/mail.mjs PROGRAM
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Tap, samplePasswords, sampleSite, serve } from '../lib/client.mjs';
import { letter, own, send, startExim } from '../lib/exim.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const tap = new Tap();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-mail-'));
const data = join(dir, 'site');
const day = (offset) => new Date(Date.now() + 8 * 3600e3 + offset * 86400e3).toISOString().slice(0, 10);
const text = (page) => page.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const where = (answer) => answer.headers.location ?? '';

function command(...words) {
	try {
		return { status: 0, out: execFileSync(program, [...words, '--data', data], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) };
	} catch (e) {
		return { status: e.status, out: e.stdout + e.stderr };
	}
}

async function until(what, ms = 30000) {
	for (const end = Date.now() + ms; Date.now() < end;) {
		const got = await what();
		if (got) return got;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	return null;
}

async function act(clerk, page, action, fields) {
	return clerk.post(action, { ...await clerk.form(page, action), ...fields });
}

const mails = async (clerk, list) => JSON.parse((await clerk.get(`/desk/mail.json?list=${list}`)).text).items;
const find = (clerk, list, subject) => until(async () => {
	command('mail', 'fetch');
	return (await mails(clerk, list)).find((m) => m.subject === subject);
});

const plain = (mail) => Buffer.from(mail.split(/\r?\n\r?\n/).slice(1).join(''), 'base64').toString();

// ---- a request by mail

const REQUEST = letter({
	From: '=?UTF-8?B?55Sz6K+35Lq655Sy44CH5LiA?= <jia01@applicant.example>', To: 'zwgk@gov.example',
	Subject: 'request one', 'Message-ID': '<one@applicant.example>', 'MIME-Version': '1.0',
	'Content-Type': 'multipart/mixed; boundary=b',
}, `--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

请公开示例片区2019年度绿化养护合同。
--b
Content-Type: text/plain
Content-Disposition: attachment; filename="list.txt"

a list of what is asked for
--b
Content-Type: application/x-msdownload
Content-Disposition: attachment; filename="run.exe"
Content-Transfer-Encoding: base64

TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAA=
--b--`);

async function newRequest(exim, clerk, auditor) {
	await send(exim.port, { from: 'jia01@applicant.example', to: 'zwgk@gov.example', message: REQUEST });
	const mail = await find(clerk, 'pen', 'request one');
	if (!tap.ok(mail, 'a mail to the office lies in the pen', JSON.stringify(await mails(clerk, 'pen')))) return null;
	tap.ok(mail.from_name === '申请人甲〇一' && !mail.automatic && mail.proposal === '', 'with its sender, and no case proposed', JSON.stringify(mail));
	const page = await clerk.get(`/desk/mail/${mail.id}`);
	tap.ok(text(page).includes('绿化养护合同') && text(page).includes('list.txt') && text(page).includes('run.exe：'), 'its words, its file, and the file that was not taken', text(page).slice(0, 800));
	const file = /\/desk\/mail\/\d+\/files\/\d+/.exec(page.text)[0];
	const got = await act(clerk, `/desk/mail/${mail.id}`, file, {});
	tap.ok(got.status === 200 && got.text.includes('a list of what') && got.headers['content-disposition'].startsWith('attachment'), 'its file is downloaded, never shown', got.status);
	tap.ok(text(await auditor.get('/desk/ledger')).includes('attachment.look'), 'and the download is recorded');
	const href = `/desk/requests/new?mail=${mail.id}`;
	const form = await clerk.get(href);
	tap.ok(form.text.includes('jia01@applicant.example') && form.text.includes('绿化养护合同') && text(form).includes('双方确认之日'), 'the form for a request begins with them');
	const fields = { channel: 'email', applicant: 'natural_person', submitted_on: day(0), content: '示例片区2019年度绿化养护合同', name: '申请人甲〇一',
		email: 'jia01@applicant.example', wanted_form: 'email', wanted_way: 'email' };
	const made = await clerk.post('/desk/requests/new', { ...await clerk.form(href, '/desk/requests/new'), ...fields });
	if (!tap.ok(made.status === 303, 'and is sent', made.status + text(made).slice(0, 400))) return null;
	const json = JSON.parse((await clerk.get(`${where(made)}.json`)).text);
	tap.ok(json.state === 'confirming' && json.received_on === null, 'by Art. 31 it is not received before both sides have confirmed', JSON.stringify(json).slice(0, 300));
	const shown = text(await clerk.get(where(made)));
	tap.ok(shown.includes('往来邮件') && shown.includes('据此登记为申请'), 'the case shows the mail it came by');
	const settled = JSON.parse((await clerk.get(`/desk/mail/${mail.id}.json`)).text);
	tap.ok(settled.state === 'assigned' && settled.request === json.number, 'the mail belongs to it', JSON.stringify(settled));
	const twice = await act(clerk, `/desk/mail/${mail.id}`, `/desk/mail/${mail.id}/assign`, { number: json.number, reason: 'x' });
	tap.ok(twice.status === 409, 'and is not assigned to it again', twice.status);
	return { href: where(made), number: json.number };
}

// ---- answers

async function answers(exim, clerk, one) {
	const confirm = `${one.href}/confirm`;
	const sure = await act(clerk, confirm, confirm, { on: day(0) });
	tap.ok(sure.status === 303, 'both sides confirm', sure.status + text(sure).slice(0, 300));
	const clock = JSON.parse((await clerk.get(`${one.href}.json`)).text).clock;
	const progress = await until(() => { const all = exim.inbox('jia01').map(plain); return all.some((m) => m.includes('已经登记')) && all.find((m) => m.includes('已经与您确认') && m.includes('答复期限为')); });
	tap.ok(progress?.includes(one.number) && !progress.includes('绿化养护'), 'the applicant, who chose e-mail, is told of both steps', progress ?? exim.inbox('jia01').map(plain).join(''));
	const address = command('mail', 'address', one.number).out.trim();
	tap.ok(/^zwgk\+request-\d+-[a-z2-9]{16}@gov\.example$/.test(address), 'the case has an address of its own', address);
	await send(exim.port, { from: 'jia01@applicant.example', to: address, message: letter({ From: 'jia01@applicant.example', Subject: 'more words', 'Message-ID': '<two@applicant.example>' }, 'contract number 7') });
	const more = await find(clerk, 'assigned', 'more words');
	tap.ok(more?.how === 'token' && more.request === one.number, 'what is sent there belongs to the case', JSON.stringify(more));
	await send(exim.port, { from: 'other@applicant.example', to: 'zwgk@gov.example', message: letter({ From: 'other@applicant.example', Subject: 'thread', 'Message-ID': '<three@applicant.example>', 'In-Reply-To': '<two@applicant.example>' }, 'me too') });
	tap.ok((await find(clerk, 'assigned', 'thread'))?.how === 'thread', 'an answer to it, too');
	await send(exim.port, { from: '', to: address, message: letter({ From: 'jia01@applicant.example', Subject: 'away', 'Message-ID': '<four@applicant.example>', 'Auto-Submitted': 'auto-replied' }, 'on leave until Monday') });
	const away = await find(clerk, 'assigned', 'away');
	tap.ok(away?.automatic === true, 'an absence note is told apart', JSON.stringify(away));
	const forged = address.replace(/-([a-z2-9])([a-z2-9]{15})@/, (_, first, rest) => `-${first === 'a' ? 'b' : 'a'}${rest}@`);
	await send(exim.port, { from: 'x@applicant.example', to: forged, message: letter({ From: 'x@applicant.example', Subject: 'forged', 'Message-ID': '<five@applicant.example>' }, 'hello') });
	tap.ok(await find(clerk, 'pen', 'forged'), 'a guessed address opens nothing: its mail is in the pen');
	const after = JSON.parse((await clerk.get(`${one.href}.json`)).text);
	tap.ok(JSON.stringify(after.clock) === JSON.stringify(clock) && after.state === 'handling', 'no mail has moved the clock', JSON.stringify(after.clock).slice(0, 200));
	const shown = await clerk.get(one.href);
	tap.ok(shown.text.includes('more words') && text(shown).includes('自动回复'), 'the case shows them');
	for (const event of [more, away]) {
		const json = JSON.parse((await clerk.get(`/desk/mail/${event.id}.json`)).text);
		tap.ok(json.text.length > 0, 'and their words open');
	}
}

async function pen(exim, clerk, supervisor, one) {
	await send(exim.port, { from: 'yi@applicant.example', to: 'zwgk@gov.example', message: letter({ From: 'yi@applicant.example', Subject: `about ${one.number}`, 'Message-ID': '<six@applicant.example>' }, 'when?') });
	const about = await find(clerk, 'pen', `about ${one.number}`);
	const known = await until(async () => (await mails(clerk, 'pen')).find((m) => m.id === about.id && m.proposal === one.number));
	tap.ok(known, 'the number in a mail proposes its case', JSON.stringify(about));
	const none = await act(clerk, `/desk/mail/${about.id}`, `/desk/mail/${about.id}/assign`, { number: 'YX-1900-0001' });
	tap.ok(none.status === 422 || none.status === 404, 'a number that is none is refused', none.status);
	const done = await act(clerk, `/desk/mail/${about.id}`, `/desk/mail/${about.id}/assign`, { number: one.number });
	tap.ok(done.status === 303, 'a clerk assigns it', done.status);
	const forged = await find(clerk, 'pen', 'forged');
	const bare = await act(clerk, `/desk/mail/${forged.id}`, `/desk/mail/${forged.id}/discard`, { reason: '' });
	tap.ok(bare.status === 422 && bare.text.includes('id="reason-error"'), 'to put one away needs a reason', bare.status);
	const away = await act(clerk, `/desk/mail/${forged.id}`, `/desk/mail/${forged.id}/discard`, { reason: '广告' });
	tap.ok(away.status === 303 && (await mails(clerk, 'discarded')).length === 1, 'and is done');
	tap.ok((await supervisor.post(`/desk/mail/${forged.id}/assign`, { number: one.number, reason: 'x' })).status === 403, 'a supervisor settles nothing');
	const stranger = new Client(clerk.base.origin);
	tap.ok([302, 303, 401, 403].includes((await stranger.get(`/desk/mail/${forged.id}`)).status), 'the public sees no mail');
}

// ---- a letter on the way: issued, it leaves by itself to whoever chose e-mail

async function onTheWay(exim, clerk, one) {
	const ask = `${one.href}/ask-correction`, before = exim.inbox('jia01').length;
	const done = await act(clerk, ask, ask, { on: day(0), until: day(10), text: '请写明道路名称', guidance: '可以写起止路口' });
	tap.ok(done.status === 303, 'a correction is asked for', done.status + text(done).slice(0, 400));
	const href = [...(await clerk.get(one.href)).text.matchAll(/\/desk\/letters\/\d+\/delivery/g)].at(-1)?.[0];
	if (!tap.ok(href, 'the case leads to its letter')) return;
	const issued = await act(clerk, href, href, { act: 'issue', issued_on: day(0) });
	tap.ok(issued.status === 303, 'which is issued', issued.status + text(issued).slice(0, 400));
	const mail = await until(() => exim.inbox('jia01').slice(before).find((m) => m.includes('application/pdf')));
	const words = Buffer.from(/text\/plain[^]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(mail ?? '')?.[1] ?? '', 'base64').toString();
	tap.ok(words.includes('补正告知书') && words.includes(one.number) && !words.includes('绿化养护'), 'and reaches the applicant as PDF, without another act', words || server.log());
	const list = await until(async () => { const got = JSON.parse((await clerk.get(`${href}.json`)).text); return got.items[0]?.counts_on && got; });
	tap.ok(list?.items.length === 1 && list.items[0].counts_on === day(0) && list.items[0].mailed, 'served on the day the server took it', JSON.stringify(list));
	const page = text(await clerk.get(href));
	tap.ok(page.includes('已送达') && page.includes('250') && !page.includes('jia01@'), 'with the server\'s words, and the address masked', page.slice(0, 600));
	const notice = JSON.parse((await clerk.get('/desk/notices.json')).text).items.find((n) => n.why.includes('送达文书'));
	tap.ok(notice.state === 'sent' && !notice.to.includes('jia01@'), 'the list of notices has it', JSON.stringify(notice));
	await act(clerk, href, href, { act: 'mail', email: 'gone@applicant.example' });
	const failed = await until(async () => { command('mail', 'fetch'); const got = JSON.parse((await clerk.get(`${href}.json`)).text); return got.items[1]?.failed && got; });
	tap.ok(failed?.items[1].counts_on === null && failed.items[0].counts_on === day(0), 'one that comes back has failed, the other stands', JSON.stringify(failed));
	const back = JSON.parse((await clerk.get('/desk/notices.json?list=bounced')).text).items[0];
	tap.ok((await act(clerk, '/desk/notices?list=bounced', `/desk/notices/${back.id}/resend`, {})).status === 409, 'it is delivered again, not sent again');
	tap.ok(text(await clerk.get(one.href)).includes('文书未能送达'), 'the case tells it');
}

// ---- a reply served by mail: a closed case of the sample year has its signed letter

const services = async (clerk, href) => JSON.parse((await clerk.get(`${href}/reply.json`)).text).services;

// A case of the clerk's unit with a letter that was signed here.
async function answered(clerk) {
	for (const item of JSON.parse((await clerk.get('/desk/queue.json?list=closed&year=2020')).text).items) {
		const href = `/desk/requests/${item.id}`, reply = JSON.parse((await clerk.get(`${href}/reply.json`)).text);
		if (reply.services?.length && (await clerk.get(`${href}/reply/letter.pdf`)).status === 200) return href;
	}
	throw new Error('the sample year has no signed letter');
}

async function serving(exim, clerk, href) {
	const before = (await services(clerk, href)).length, action = `${href}/reply/serve`;
	const fields = { ...await clerk.form(action, action), way: 'email', sent_on: day(0), send: 'on' };
	const post = (more) => clerk.post(action, { ...fields, ...more });
	const wrong = await post({ email: 'nobody' });
	tap.ok(wrong.status === 422 && wrong.text.includes('id="email-error"'), 'an address that is none is told at its field', wrong.status);
	const done = await act(clerk, action, action, { way: 'email', sent_on: day(0), send: 'on', email: 'jia01@applicant.example' });
	tap.ok(done.status === 303, 'a reply is served by mail', done.status + text(done).slice(0, 400));
	const mine = await until(() => exim.inbox('jia01').find((m) => m.includes('application/pdf')));
	tap.ok(mine && /^Reply-To: <?zwgk\+request-\d+-[a-z2-9]{16}@gov\.example/mi.test(mine), 'the applicant gets the letter, and the address of the case', mine?.slice(0, 900) ?? server.log());
	const pdf = Buffer.from(/application\/pdf[^]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(mine ?? '')?.[1] ?? '', 'base64');
	tap.ok(pdf.subarray(0, 5).toString() === '%PDF-', 'as PDF', pdf.length);
	const served = await until(async () => (await services(clerk, href))[before]?.counts_on && services(clerk, href));
	tap.ok(served?.[before].counts_on === day(0) && /250/.test(served[before].note), 'it counts on the day the server took it, with the server\'s words', JSON.stringify(served));
	const second = await act(clerk, action, action, { way: 'email', sent_on: day(0), send: 'on', email: 'gone@applicant.example' });
	tap.ok(second.status === 303, 'once more, to a mailbox that is gone', second.status);
	const failed = await until(async () => { command('mail', 'fetch'); return (await services(clerk, href))[before + 1]?.failed && services(clerk, href); });
	tap.ok(failed?.[before + 1].failed && failed[before + 1].counts_on === null && failed[before + 1].note.includes('被退回'), 'the report of the mail server makes it an attempt that failed', JSON.stringify(failed));
	const page = text(await clerk.get(href));
	tap.ok(page.includes('被退回') && page.includes('送达答复'), 'the case tells it', page.slice(0, 300));
	const refused = await act(clerk, action, action, { way: 'email', sent_on: day(0), send: 'on', email: 'refused@applicant.example' });
	tap.ok(refused.status === 303 && await until(async () => (await services(clerk, href))[before + 2]?.failed), 'what is refused at once has failed, too');
	const list = JSON.parse((await clerk.get('/desk/notices.json?list=bounced')).text).items;
	const file = (await clerk.get('/desk/notices.csv?list=bounced')).text;
	tap.ok(list.length > 0 && file.includes('被退回') && file.includes('***') && !/[\w.]{3,}@/.test(file), 'as a file it names nobody', file.slice(0, 300));
	const come = (await clerk.get('/desk/mail.csv?list=assigned')).text;
	tap.ok(come.trim().split('\r\n').length > 1 && !come.includes('@'), 'nor does the file of what came', come.slice(0, 300));
	tap.ok(list.length === 1 && !list[0].to.includes('gone@'), 'the list of notices has it, its address masked', JSON.stringify(list));
	const again = await act(clerk, '/desk/notices?list=bounced', `/desk/notices/${list[0].id}/resend`, {});
	tap.ok(again.status === 409, 'service is served again, not sent again', again.status);
}

// ---- what officers are told

async function told(exim, clerk, reviewer, one) {
	const set = await act(clerk, '/desk/told', '/desk/told', { email: 'clerk@staff.example', digest: 'daily' });
	tap.ok(set.status === 303 && JSON.parse((await clerk.get('/desk/told.json')).text).email === 'clerk@staff.example', 'a clerk says how to be told', set.status + text(set).slice(0, 300));
	const wrong = await act(clerk, '/desk/told', '/desk/told', { email: 'clerk', digest: 'daily' });
	tap.ok(wrong.status === 422 && wrong.text.includes('id="email-error"'), 'an address that is none is told at its field', wrong.status);
	await act(clerk, one.href, `${one.href}/claim`, {});
	const remind = `${one.href}/remind`, done = await act(reviewer, remind, remind, { text: '请抓紧' });
	const mail = await until(() => exim.inbox('clerk').map(plain).find((m) => m.includes(one.number)));
	tap.ok(done.status === 303 && mail?.includes('催办') && !mail.includes('请抓紧') && !mail.includes('绿化养护'), 'whoever has a case is told by mail that it was reminded of, and nothing of its words', done.status + (mail ?? ''));
}

const unfold = (ics) => ics.replace(/\r\n[ \t]/g, '').split('\r\n');

async function calendar(clerk, one) {
	const made = await act(clerk, '/desk/told', '/desk/told/calendar', { scope: 'mine' });
	const path = /\/calendar\/[0-9a-f]{64}\.ics/.exec(made.text)?.[0];
	if (!tap.ok(made.status === 200 && path, 'a calendar has an address that is shown once', made.status)) return;
	tap.ok(!(await clerk.get('/desk/told')).text.includes(path), 'and not again');
	const phone = new Client(clerk.base.origin), got = await phone.get(path);
	tap.ok(got.status === 200 && got.headers['content-type'].startsWith('text/calendar') && got.headers['cache-control'].startsWith('private'), 'any calendar program reads it', `${got.status} ${JSON.stringify(got.headers)}`);
	const raw = got.text.split('\r\n'), lines = unfold(got.text);
	tap.ok(!/[^\r]\n/.test(got.text) && raw.every((line) => Buffer.byteLength(line) <= 75), 'RFC 5545: CRLF, lines of 75 octets at most');
	const due = JSON.parse((await clerk.get(`${one.href}.json`)).text).clock.due.replaceAll('-', '');
	const at = lines.findIndex((line) => line.startsWith('SUMMARY:') && line.includes(one.number));
	const event = lines.slice(lines.lastIndexOf('BEGIN:VEVENT', at), lines.indexOf('END:VEVENT', at));
	tap.ok(event.includes(`DTSTART;VALUE=DATE:${due}`) && event.some((line) => /^UID:request-\d+-due@/.test(line)) && event.some((line) => /^DTSTAMP:\d{8}T\d{6}Z$/.test(line)), 'with the day the reply is due', event.join('|'));
	tap.ok(!got.text.includes('绿化') && !got.text.includes('甲'), 'and nothing of what was asked or by whom');
	const same = await phone.request('GET', path, { headers: { 'if-none-match': got.headers.etag } });
	tap.ok(same.status === 304, 'unchanged, it is not sent again', same.status);
	const slip = path.replace(/[0-9a-f]\.ics$/, (end) => (end[0] === 'a' ? 'b.ics' : 'a.ics'));
	tap.ok((await phone.get(slip)).status === 404, 'another address opens nothing');
	const site = await act(clerk, '/desk/told', '/desk/told/calendar', { scope: 'site' });
	tap.ok(site.status === 422 || site.status === 403, 'a clerk has no calendar of all units', site.status);
	await act(clerk, '/desk/told', '/desk/told/calendar/close', {});
	tap.ok((await phone.get(path)).status === 404, 'closed, the address is of no use');
}

// ---- killed

function message(n) {
	return letter({ From: 'many@applicant.example', Subject: `many ${n}`, 'Message-ID': `<many-${n}@applicant.example>` }, `number ${n}`);
}

// Each run of `mail fetch` is killed after a moment; what is left lies in new/ and is taken later, once.
async function killed(exim) {
	const MANY = 120, box = exim.box;
	for (let n = 0; n < MANY; n++) writeFileSync(join(box, 'new', `${1000000000 + n}.M${n}.mx`), message(n));
	own(box);
	let kills = 0;
	for (let run = 0; run < 40 && readdirSync(join(box, 'new')).length > 0; run++) {
		const child = spawn(program, ['mail', 'fetch', '--data', data], { stdio: 'ignore' });
		const end = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal)));
		const timer = setTimeout(() => child.kill('SIGKILL'), 60 + (run * 37) % 240);
		if (await end) kills++;
		clearTimeout(timer);
	}
	tap.ok(kills > 0, 'fetching was killed halfway', kills);
	for (let i = 0; i < 5 && readdirSync(join(box, 'new')).length > 0; i++) command('mail', 'fetch'); // 50 in a round
	tap.ok(readdirSync(join(box, 'new')).length === 0, 'nothing is left in the mailbox', readdirSync(join(box, 'new')).length);
	// As if the last ones had been killed between the commit and the move.
	const cur = readdirSync(join(box, 'cur')).filter((name) => name.includes('.M'));
	for (const name of cur.slice(0, 5)) copyFileSync(join(box, 'cur', name), join(box, 'new', name.replace(':2,S', '')));
	own(box);
	const again = JSON.parse(command('mail', 'fetch', '--json').out);
	tap.ok(again.known === 5 && again.taken === 0, 'what was taken and not moved is known again', JSON.stringify(again));
	const rows = command('mail', 'list', '--json').out.trim().split('\n').map((line) => JSON.parse(line)).filter((m) => m.subject.startsWith('many '));
	tap.ok(rows.length === MANY && new Set(rows.map((m) => m.subject)).size === MANY, 'every message is there, and once', rows.length);
	const verdict = command('verify');
	tap.ok(verdict.status === 0, 'the ledger is intact', verdict.out);
}

let server, exim;
try {
	if (!existsSync('/usr/sbin/exim4')) throw new Error('no exim4: ./check installs it');
	mkdirSync(data);
	sampleSite(program, data);
	own(dir);
	exim = await startExim(join(dir, 'exim'));
	writeFileSync(join(data, 'gongkai.conf'), `smtp_url = smtp://127.0.0.1:${exim.port}\nsmtp_tls = none\nmail_from = zwgk@gov.example\nmail_in = ${exim.box}\n`);
	own(dir);
	const passwords = samplePasswords(data);
	server = await serve(program, data);
	const clerk = new Client(server.url), supervisor = new Client(server.url), reviewer = new Client(server.url), auditor = new Client(server.url);
	await clerk.signIn('clerk', passwords.clerk);
	await supervisor.signIn('supervisor', passwords.supervisor);
	await reviewer.signIn('reviewer', passwords.reviewer);
	await auditor.signIn('auditor', passwords.auditor);
	tap.ok(!text(await clerk.get('/desk/mail')).includes('没有设置发件服务器') && !text(await clerk.get('/desk/notices')).includes('没有设置发件服务器'), 'with a server to send by, nobody is warned');
	const one = await newRequest(exim, clerk, auditor);
	if (one) {
		await answers(exim, clerk, one);
		await pen(exim, clerk, supervisor, one);
	}
	await serving(exim, clerk, await answered(clerk));
	if (one) {
		await told(exim, clerk, reviewer, one);
		await calendar(clerk, one);
		await onTheWay(exim, clerk, one);
	}
	const gone = new Promise((resolve) => server.child.on('exit', resolve));
	server.child.removeAllListeners('exit');
	server.child.on('exit', () => {});
	server.child.kill('SIGTERM');
	await until(() => server.child.exitCode !== null || server.child.signalCode !== null);
	void gone;
	await killed(exim);
} catch (e) {
	tap.ok(false, 'the day went on to its end', e.stack);
} finally {
	server?.child.kill('SIGTERM');
	exim?.child.kill('SIGTERM');
	rmSync(dir, { recursive: true, force: true });
}
tap.end();
