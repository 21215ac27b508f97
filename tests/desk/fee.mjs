// fee.mjs - 信息处理费 from the twelfth request of a month to payment and to lapse, by form and by command.
//   node tests/desk/fee.mjs PROGRAM
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Tap, samplePasswords, sampleSite, serve } from '../lib/client.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const tap = new Tap();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-fee-'));
const day = (n) => new Date(Date.now() + 8 * 3600e3 + n * 86400e3).toISOString().slice(0, 10);
const text = (page) => page.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const went = (answer) => answer.status === 303;

function command(...words) {
	const run = spawnSync(program, [...words, '--data', dir], { encoding: 'utf8' });
	return { status: run.status, out: run.stdout, err: run.stderr };
}

async function step(client, href, name, fields) {
	const hidden = await client.form(`${href}/${name}`, `${href}/${name}`);
	return client.post(`${href}/${name}`, { ...hidden, ...fields });
}

// An office's desk takes down what one person asks for; the phone tells that it is the same one.
async function takeDown(clerk, n) {
	const hidden = await clerk.form('/desk/requests/new', '/desk/requests/new');
	const sent = await clerk.post('/desk/requests/new', { ...hidden, channel: 'in_person', applicant: 'natural_person',
		submitted_on: day(0), name: '申请人甲〇一', phone: '13800000001', address: '示例路2号', content: `第${n}份文件`,
		wanted_form: 'paper', wanted_way: 'post', looked: 'yes' });
	if (sent.status !== 303)
		throw new Error(`not registered: ${sent.status} ${text(sent).slice(0, 600)}`);
	return sent.headers.location.replace(/\?.*/, '');
}

async function charged(clerk, reviewer, hrefs) {
	const href = hrefs[11];
	const page = await clerk.get(`${href}/fee?pages=120`);
	tap.ok(text(page).includes('本件为 第12件'), 'it is the twelfth of the month', text(page).slice(0, 400));
	tap.ok(text(page).includes('按件计收：第12件，100元') && text(page).includes('按量计收：120页，1100元'), 'both tariffs are computed, band by band');
	const tenth = await clerk.get(`${hrefs[9]}/fee`);
	tap.ok(text(tenth).includes('不收费'), 'the tenth costs nothing');
	const twin = await clerk.get(`${href}/fee.json?pages=120`);
	const offers = JSON.parse(twin.text).offers;
	tap.ok(offers[0].fen === 10000 && offers[1].fen === 110000, 'so says the twin for machines');

	const none = await step(clerk, href, 'fee', { tariff: 'quantity', on: day(0) });
	tap.ok(none.status === 422 && none.text.includes('页数'), 'pages are needed to charge by pages', none.status);
	const stale = await step(clerk, href, 'fee', { tariff: 'piece', on: day(0), version: '99' });
	tap.ok(stale.status === 409, 'who saw an older version is told', stale.status);
	const done = await step(clerk, href, 'fee', { tariff: 'piece', on: day(0) });
	tap.ok(went(done) && done.headers.location.startsWith('/desk/letters/'), 'the fee is charged, and the notice is there', done.status);
	const letter = text(await clerk.get(done.headers.location.replace(/\?.*/, '')));
	for (const words of ['信息处理费收费通知书', '第四十二条', '壹佰元整（100.00元）', '缴纳方式', '收到本通知次日起20个工作日内'])
		tap.ok(letter.includes(words), `the notice says: ${words}`);
	tap.ok(!(await clerk.get(href)).text.includes(`${href}/pay"`), 'payment is not offered before the notice has arrived');
	const early = await step(clerk, href, 'pay', { on: day(0) });
	tap.ok(early.status === 422 && text(early).includes('没有登记送达'), 'nor taken', early.status);
	tap.ok(went(await step(clerk, href, 'fee-served', { on: day(0) })), 'it arrives');
	const fee = JSON.parse((await clerk.get(`${href}/fee.json`)).text).fee;
	tap.ok(fee.state === 'due' && fee.pay_until > day(25), 'its last day is known', JSON.stringify(fee));
	tap.ok(went(await step(clerk, href, 'pay', { on: day(0) })), 'it is paid');
	const after = text(await clerk.get(href));
	tap.ok(after.includes('已缴费') && after.includes('缴费期限'), 'the case says so');
	tap.ok((await clerk.get(`${href}/fee-refund`)).status === 403, 'a clerk gives nothing back');
	const much = await step(reviewer, href, 'fee-refund', { yuan: '101', on: day(0), reason: '多收' });
	tap.ok(much.status === 422 && much.text.includes('id="yuan-error"'), 'nobody more than was paid', much.status);
	tap.ok(went(await step(reviewer, href, 'fee-refund', { yuan: '100', on: day(0), reason: '多收' })), 'it is given back');
}

async function byCommand(clerk, hrefs) {
	const compute = JSON.parse(command('fee', 'compute', '--requests', '55', '--json').out);
	tap.ok(compute.fen === 900000 && compute.last_fen === 40000 && compute.lines.length === 5, 'fifty-five in a month come to 9000');
	tap.ok(command('fee', 'compute', '--pages', '250').out.includes('合计4700元'), '250 pages to 4700');
	tap.ok(command('fee', 'compute', '--pages', '250', '--on', '2020-12-31').status === 1, 'there was no fee in 2020');
	tap.ok(command('fee', 'compute', '--pages', '0').status === 2, 'no pages are no number');
	tap.ok(command('fee', 'compute').status === 2, 'nothing is computed of nothing');
	const number = JSON.parse((await clerk.get(`${hrefs[10]}.json`)).text).number;
	const tenth = JSON.parse((await clerk.get(`${hrefs[9]}.json`)).text).number;
	tap.ok(command('fee', 'charge', tenth, '--tariff', 'piece').err.includes('不收费'), 'the tenth is not charged');
	tap.ok(command('request', 'charge', number, '--fen', '100').err.includes('没有按标准计算'), 'no amount is typed');
	const made = JSON.parse(command('fee', 'charge', number, '--tariff', 'quantity', '--pages', '31', '--delivered', day(0), '--as', 'clerk', '--json').out);
	tap.ok(made.fen === 1000 && made.state === 'due', 'the eleventh by its pages', JSON.stringify(made));
	tap.ok(command('fee', 'show', number).out.includes('第31页，每页10元'), 'a command shows how');
	tap.ok(command('fee', 'show', tenth).status === 2, 'and that there is none');
	tap.ok(command('fee', 'list', '--state', 'due', '--json').out.includes(number), 'it is among those to be paid');
	tap.ok(command('fee', 'list', '--state', 'nothing').status === 2, 'a wrong state is told');
	tap.ok(command('request', 'close', number, '--decision', 'close_unpaid').err.includes('还没有逾期'), 'it is not late yet');
	return number;
}

// One that was charged on paper ten weeks ago, and never paid.
async function lapsed(clerk, reviewer) {
	const made = JSON.parse(command('request', 'register', '--unit', 'YXZF', '--channel', '当面提交', '--applicant', '自然人', '--submitted', day(-70), '--text', '旧件', '--no-letter', '--json').out);
	const charge = command('request', 'charge', made.number, '--historical', '--fen', '20000', '--on', day(-69), '--delivered', day(-69), '--reason', '补录纸质收费通知');
	tap.ok(charge.status === 0, 'a fee charged on paper is recorded', charge.err);
	const list = text(await clerk.get('/desk/fees?state=late'));
	tap.ok(list.includes('逾期未缴 1 件') && list.includes(made.number), 'it stands among those that are late', list.slice(0, 400));
	const href = `/desk/requests/${made.id}`;
	const late = await step(clerk, href, 'pay', { on: day(0) });
	tap.ok(late.status === 422 && text(late).includes('已过缴费期限'), 'it is too late to pay', late.status);
	tap.ok(text(await reviewer.get(href)).includes('缴费期限已过，可以 终止办理'), 'to be closed is offered');
	const closed = command('request', 'close', made.number, '--decision', 'close_unpaid', '--as', 'reviewer', '--json');
	const after = JSON.parse(closed.out);
	tap.ok(after.outcome === 'other_overdue_fee' && after.state === 'closed', 'and so it ends', closed.err);
	tap.ok(JSON.parse(command('fee', 'show', made.number, '--json').out).state === 'lapsed', 'the fee has lapsed');
}

async function lists(clerk, reviewer, number) {
	const all = text(await clerk.get('/desk/fees'));
	tap.ok(all.includes('收费通知2件，共110元') && all.includes('退付100元'), 'the list adds up', all.slice(0, 400));
	const due = await clerk.get('/desk/fees?state=due');
	tap.ok(due.text.includes(number) && text(due).includes('收费通知1件'), 'and is narrowed');
	const csv = await clerk.get('/desk/fees.csv?state=paid');
	tap.ok(csv.text.includes('按件计收') && !csv.text.includes(number), 'the file holds what the list shows');
	const xlsx = await clerk.get('/desk/fees.xlsx?state=paid');
	tap.ok(xlsx.status === 200 && xlsx.text.startsWith('PK'), 'also as a workbook');
	tap.ok((await clerk.get('/desk/fees.xlsx?state=none')).status === 400, 'a filter that is none is refused');
	tap.ok(JSON.parse((await clerk.get('/desk/fees.json')).text).paid_fen === 10000, 'so does the twin');
	tap.ok((await clerk.get('/desk/fee-practice')).status === 403, 'a clerk settles nothing');
	const wrong = await step(reviewer, '/desk', 'fee-practice', { tariff: 'quantity', sheet_pages: '99', pay_how: '示例银行' });
	tap.ok(wrong.status === 422, 'a side of 99 pages is refused', wrong.status);
	tap.ok(went(await step(reviewer, '/desk', 'fee-practice', { tariff: 'quantity', sheet_pages: '4', pay_how: '示例银行代收', ended_count: 'yes', quantity_counts: 'yes' })), 'a unit settles how it charges');
	const chain = execFileSync(program, ['verify', '--data', dir], { encoding: 'utf8' });
	tap.ok(!chain.includes('错误'), 'the chain holds', chain);
}

// The year's report tells three figures of it in part six, and each opens the requests behind it.
async function report(clerk) {
	const hidden = await clerk.form('/desk/reports', '/desk/reports');
	const year = day(0).slice(0, 4);
	const made = await clerk.post('/desk/reports', { ...hidden, unit: 'YXZF', year });
	tap.ok(went(made), 'a report is begun', text(made).slice(0, 300));
	const page = await clerk.get(`/reports/${year}/YXZF`);
	tap.ok(/发出收费通知.*2.*总金额.*110.*实际收取.*100.*元/.test(text(page).replace(/ /g, '')), 'it tells the three figures of the fee');
	const paid = await clerk.get(`/reports/${year}/YXZF/records?table=fee&line=paid`);
	tap.ok(page.text.includes('records?table=fee&amp;line=paid') && text(paid).includes(`${day(0)}缴费100元`), 'each opens what was paid', text(paid).slice(0, 300));
	const sent = JSON.parse((await clerk.get(`/reports/${year}/YXZF/records.json?table=fee&line=notices`)).text);
	tap.ok(sent.records.length === 2 && sent.value === '2', 'or sent');
	tap.ok((await clerk.get(`/reports/${year}/YXZF/records?table=fee&line=nothing`)).status === 404, 'and no other');
	tap.ok((await clerk.get('/reports/2020/YXZF/records?table=fee&line=paid')).status === 404, 'there was no fee in 2020');
}

async function everybody(anybody) {
	const page = text(await anybody.get('/fee?requests=40&pages=201'));
	tap.ok(page.includes('共 4000元') && page.includes('2740元'), 'anybody computes it', page.slice(0, 600));
	tap.ok(JSON.parse((await anybody.get('/fee.json?requests=40')).text).month.fen === 400000, 'machines too');
	tap.ok((await anybody.get('/fee?requests=x')).status === 200, 'what is no number is told on the page');
	tap.ok((await anybody.get('/desk/fees')).status !== 200, 'the list is not for everybody');
}

let server;
try {
	sampleSite(program, dir);
	server = await serve(program, dir);
	const passwords = samplePasswords(dir);
	const clerk = new Client(server.url), reviewer = new Client(server.url);
	await clerk.signIn('clerk', passwords.clerk);
	await reviewer.signIn('reviewer', passwords.reviewer);
	const hrefs = [];
	for (let n = 1; n <= 12; n++)
		hrefs.push(await takeDown(clerk, n));
	await charged(clerk, reviewer, hrefs);
	const number = await byCommand(clerk, hrefs);
	await lists(clerk, reviewer, number);
	await report(clerk);
	await lapsed(clerk, reviewer);
	await everybody(new Client(server.url));
} catch (e) {
	tap.ok(false, 'the fee runs to its end', e.stack);
} finally {
	if (server) {
		server.child.removeAllListeners('exit');
		server.child.kill('SIGTERM');
	}
	rmSync(dir, { recursive: true, force: true });
}
tap.end();
