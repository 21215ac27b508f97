// steps.mjs - the law's steps of a request, by their forms and by `gongkai request`.
//   node tests/desk/steps.mjs PROGRAM
// A sample site that is served: commands go through its control socket, as scripts of an office would.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Tap, samplePasswords, sampleSite, serve } from '../lib/client.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const tap = new Tap();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-steps-'));
const day = (n) => new Date(Date.now() + 8 * 3600e3 + n * 86400e3).toISOString().slice(0, 10);
const text = (page) => page.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const went = (answer) => answer.status === 303;

async function step(client, href, name, fields) {
	const hidden = await client.form(`${href}/${name}`, `${href}/${name}`);
	return client.post(`${href}/${name}`, { ...hidden, ...fields });
}

function command(...words) {
	const run = spawnSync(program, ['request', ...words, '--data', dir], { encoding: 'utf8' });
	return { status: run.status, out: run.stdout, err: run.stderr };
}

function register(words) {
	const run = command('register', '--unit', 'YXZF', '--channel', '当面提交', '--applicant', '自然人', '--json', ...words);
	return JSON.parse(run.out);
}

async function forms(clerk, reviewer) {
	const made = register(['--text', '某项目环评批复\n某项目用地批复']);
	const href = `/desk/requests/${made.id}`;
	tap.ok(made.state === 'handling' && made.letters.length === 1, 'a command registers, and the receipt is drafted');

	const refused = await step(clerk, href, 'split', { parts: '只有一件' });
	tap.ok(refused.status === 422 && refused.text.includes('id="parts-error"'), 'one matter is no split', refused.status);
	tap.ok(went(await step(clerk, href, 'split', { parts: '环评批复\n\n用地批复' })), 'a form is split, a matter a line');
	const parts = await clerk.get(href);
	tap.ok(text(parts).includes('同一份申请表分成2件') && text(parts).includes('申请表原文'), 'the parts name each other, the form is kept');

	const form = await clerk.get(`${href}/ask-correction`);
	tap.ok(text(form).includes('最迟告知补正') && /name="until"[^>]*value="\d{4}-/.test(form.text), 'the last day stands beside, the usual period in the form');
	const empty = await step(clerk, href, 'ask-correction', { text: ' ', on: day(0), until: day(14) });
	tap.ok(empty.status === 422 && empty.text.includes('id="text-error"'), 'a notice without points is refused at its field', empty.status);
	tap.ok(went(await step(clerk, href, 'ask-correction', { text: '年份\n文号', guidance: '可以写文号', on: day(0), until: day(14) })), 'a correction is asked for');
	tap.ok(went(await step(clerk, href, 'receive-correction', { on: day(0), text: '2019年' })), 'and comes');
	const twice = await clerk.get(href);
	tap.ok(!twice.text.includes(`${href}/ask-correction"`), 'it is not offered again');

	const nobody = await step(clerk, href, 'open-inquiry', { inquiry: 'third_party', target: '', text: '报价', on: day(0) });
	tap.ok(nobody.status === 422 && nobody.text.includes('id="target-error"'), 'an inquiry asks somebody', nobody.status);
	tap.ok(went(await step(clerk, href, 'open-inquiry', { inquiry: 'third_party', target: '某示例公司', contact: '13800000000', text: '报价', on: day(0) })), 'a third party is asked');
	const asked = await clerk.get(`${href}/close-inquiry`);
	const which = /name="inquiry_id"[^>]*value="(\d+)"/.exec(asked.text)?.[1];
	const silent = await step(clerk, href, 'close-inquiry', { inquiry_id: which, answer: 'silent', on: day(0) });
	tap.ok(silent.status === 422 && silent.text.includes('id="answer-error"'), 'it is not silent yet', silent.status);
	tap.ok(went(await step(clerk, href, 'close-inquiry', { inquiry_id: which, answer: 'refuses', text: '商业秘密', on: day(0) })), 'it refuses with reasons');
	tap.ok(went(await step(reviewer, href, 'tell-third', { inquiry_id: which, reason: '不公开可能对公共利益造成重大影响', on: day(0) })), 'and is told of publication');

	tap.ok(went(await step(clerk, href, 'propose-extension', { days: '5', reason: '档案较多', on: day(0) })), 'an extension is proposed');
	const own = command('approve-extension', made.number, '--agreed', 'yes', '--as', 'clerk');
	tap.ok(own.status !== 0 && own.err.includes('没有办理这一步的权限'), 'a clerk does not approve it', own.err);
	tap.ok(went(await step(reviewer, href, 'approve-extension', { agreed: 'yes', on: day(0) })), 'another person approves it');
	tap.ok(went(await step(clerk, href, 'extend', { on: day(0) })), 'the applicant is told');
	const page = text(await clerk.get(href));
	for (const letter of ['登记回执', '补正告知书', '第三方意见征询书', '征求意见告知书', '第三方告知书', '延期答复告知书'])
		tap.ok(page.includes(letter), `the case has its letter: ${letter}`);
	const chain = execFileSync(program, ['verify', '--data', dir], { encoding: 'utf8' });
	tap.ok(!chain.includes('错误'), 'the chain holds', chain);
}

async function reasons(clerk, reviewer) {
	const made = register(['--text', '另一件']);
	const href = `/desk/requests/${made.id}`;
	tap.ok(went(await step(clerk, href, 'ask-reasons', { since: day(-60), till: day(-1), count: '43', on: day(0), until: day(14) })), 'reasons are asked for');
	tap.ok(went(await step(clerk, href, 'receive-reasons', { on: day(0), text: '用于研究' })), 'and given');
	const judge = await clerk.get(`${href}/judge-reasons`);
	tap.ok(text(judge).includes('用于研究'), 'they stand beside the judgement');
	tap.ok(went(await step(clerk, href, 'judge-reasons', { agreed: 'yes', reason: '确有需要', on: day(0) })), 'and are judged');
	const early = await step(reviewer, href, 'delay', { until: day(1), reason: '件数多', on: day(0) });
	tap.ok(early.status === 422 && early.text.includes('id="until-error"'), 'a delay is later than the period', early.status);
}

async function scripts(clerk, reviewer) {
	const made = register(['--text', '又一件', '--no-letter']);
	tap.ok(made.letters.length === 0, 'no letter where none is wanted');
	const shown = JSON.parse(command('show', made.number, '--json').out);
	tap.ok(shown.id === made.id && shown.due_on === made.due_on, 'a command shows it');
	tap.ok(command('clock', made.number).out.trim().endsWith(`due ${made.due_on}`), 'and its clock, to the same day');
	tap.ok(command('list', '--open', '--unit', 'YXZF', '--json', '--max', '1000').out.includes(made.number), 'it is among the open ones');
	tap.ok(command('list', '--max', '0').status === 2, 'a wrong value is told');
	tap.ok(command('decide', made.number, '--decision', 'give').status !== 0, 'a command passes no gate');
	tap.ok(command('file', made.number).err.includes('不能“归档”'), 'nor a state');
	tap.ok(command('show', 'NONE-1').status === 2, 'what is not there is told');
	tap.ok((await step(reviewer, '/desk', 'request-practice', { correction_days: '15', reasons_days: '5', reasons_stop: 'yes' })).status === 303, 'a unit settles what is open');
	const stops = await clerk.get(`/desk/requests/${made.id}/ask-reasons`);
	tap.ok(text(stops).includes('参照补正办理'), 'and the form says so');
	const stale = await step(clerk, `/desk/requests/${made.id}`, 'ask-reasons', { since: day(-60), till: day(-1), count: '43', on: day(0), until: day(14), version: '99' });
	tap.ok(stale.status === 409, 'who saw an older version is told', stale.status);
	tap.ok(command('close', made.number, '--decision', 'withdraw', '--as', 'reviewer').out.includes('已办结'), 'a withdrawal closes it');
}

// A reply passes through several hands: the case page offers each the one step that is due.
async function replying(clerk, reviewer) {
	const made = register(['--text', '关于示例项目的批复']);
	const next = async (who) => /下一步：([^<]*)/.exec((await who.get(`/desk/requests/${made.id}`)).text)?.[1];
	const reply = (...words) => execFileSync(program, ['reply', ...words, '--data', dir], { encoding: 'utf8' });
	tap.ok(await next(clerk) === '作出答复', 'a case without a draft offers the reply', await next(clerk));
	reply('draft', made.number, '--decision', 'give', '--reason', '本应公开', '--as', 'clerk');
	tap.ok(await next(clerk) === '继续拟写答复', 'with a draft, to go on', await next(clerk));
	reply('draft', made.number, '--fact', 'form=纸质复印件', '--addressee', '申请人甲〇一', '--as', 'clerk');
	reply('submit', made.number, '--as', 'clerk');
	tap.ok(await next(reviewer) === '审核答复', 'handed in, to review it', await next(reviewer));
	const page = (await clerk.get(`/desk/requests/${made.id}`)).text;
	tap.ok(await next(clerk) === '审核答复' && page.includes('>查看答复<') && !page.includes('>审核答复<'), 'who may not review it is told, and looks at it');
}

let server;
try {
	sampleSite(program, dir);
	server = await serve(program, dir);
	const passwords = samplePasswords(dir);
	const clerk = new Client(server.url), reviewer = new Client(server.url);
	await clerk.signIn('clerk', passwords.clerk);
	await reviewer.signIn('reviewer', passwords.reviewer);
	await forms(clerk, reviewer);
	await reasons(clerk, reviewer);
	await scripts(clerk, reviewer);
	await replying(clerk, reviewer);
} catch (e) {
	tap.ok(false, 'the steps run to their end', e.stack);
} finally {
	if (server) {
		server.child.removeAllListeners('exit');
		server.child.kill('SIGTERM');
	}
	rmSync(dir, { recursive: true, force: true });
}
tap.end();
