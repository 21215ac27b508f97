// commands.mjs - a reply from its draft to the archive by `gongkai reply`; letters by `gongkai letter`; what was
// decided elsewhere by `gongkai request`.
//   node tests/desk/commands.mjs PROGRAM
// The site is served: what writes goes through its control socket, as scripts of an office would.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tap, sampleSite, serve } from '../lib/client.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const tap = new Tap();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-commands-'));
const day = (n) => new Date(Date.now() + 8 * 3600e3 + n * 86400e3).toISOString().slice(0, 10);

function gongkai(...words) {
	const run = spawnSync(program, [...words, '--data', dir], { encoding: 'utf8', maxBuffer: 1 << 26 });
	return { status: run.status, out: run.stdout, err: run.stderr };
}
const reply = (...words) => gongkai('reply', ...words);
const json = (run) => { try { return JSON.parse(run.out); } catch { return { failed: run.err + run.out }; } };
const refused = (run, status, word, name) => tap.ok(run.status === status && run.err.includes(word), name, `${run.status} ${run.err}`);

function register() {
	return json(gongkai('request', 'register', '--unit', 'YXZF', '--channel', '当面提交', '--applicant', '自然人',
		'--text', '2019年度部门决算', '--json'));
}

function answers() {
	const { number } = register();
	const show = () => json(reply('show', number, '--json'));
	refused(reply('show', number), 2, number, 'there is no reply yet');
	refused(reply('draft', number, '--decision', 'give'), 2, '--as', 'who writes says for whom');
	refused(reply('draft', number, '--decision', 'give', '--as', 'nobody'), 2, '--as', 'an account that is not there');
	refused(reply('draft', number, '--decision', 'no_such', '--as', 'clerk'), 2, '--decision', 'a decision that is not there');
	tap.ok(json(reply('list', '--json')).every((r) => r.number !== number), 'and nothing was begun');
	const drafted = json(reply('draft', number, '--decision', 'give', '--reason', '本应公开', '--as', 'clerk', '--json'));
	tap.ok(drafted.stage === 'drafting' && drafted.decision === 'give', 'drafted', JSON.stringify(drafted));
	tap.ok(drafted.gaps?.some((g) => g.name === 'form') && drafted.gaps?.some((g) => g.name === 'letter'), 'what is missing is named', JSON.stringify(drafted.gaps));
	refused(reply('submit', number, '--as', 'clerk'), 1, '提供的形式', 'it does not go on so');
	const whole = json(reply('draft', number, '--fact', 'form=纸质复印件', '--addressee', '申请人甲〇一', '--as', 'clerk', '--json'));
	tap.ok(whole.gaps?.length === 0 && whole.items[0].facts.form === '纸质复印件', 'facts and letter', JSON.stringify(whole));
	refused(reply('submit', number, '--as', 'clerk', '--version', '1'), 1, number, 'who saw an earlier version is told');
	tap.ok(json(reply('submit', number, '--as', 'clerk', '--json')).stage === 'review', 'submitted');
	tap.ok(json(reply('list', '--stage', 'review', '--unit', 'YXZF', '--json')).some((r) => r.number === number && r.stage === 'review'), 'it waits for review');
	refused(reply('review', number, '--verdict', 'for', '--as', 'clerk'), 1, 'clerk', 'a clerk does not review');
	refused(reply('review', number, '--as', 'reviewer'), 2, '--verdict', 'a review says for or against');
	tap.ok(json(reply('review', number, '--verdict', 'against', '--text', '写明页数', '--as', 'reviewer', '--json')).stage === 'drafting', 'sent back');
	tap.ok(reply('submit', number, '--as', 'clerk').status === 0, 'submitted again');
	refused(gongkai('request', 'decide', number, '--decision', 'give', '--historical', '--on', day(0), '--reason', '补录'), 1, '待审核', 'no way round the gates');
	tap.ok(json(reply('review', number, '--verdict', 'for', '--as', 'reviewer', '--json')).stage === 'advice', 'reviewed');
	tap.ok(json(reply('advise', number, '--verdict', 'for', '--text', '依据充分', '--as', 'adviser', '--json')).stage === 'signing', 'advised');
	refused(reply('sign', number, '--as', 'reviewer'), 1, '同一人', 'the reviewer does not sign too');
	const signed = json(reply('sign', number, '--as', 'signer', '--json'));
	tap.ok(signed.stage === 'signed' && signed.state === 'decided' && signed.signed_on === day(0), 'signed', JSON.stringify(signed));
	refused(reply('serve', number, '--way', 'pigeon', '--as', 'clerk'), 2, '--way', 'a way that is not there');
	refused(reply('file', number, '--archive', 'D-1', '--as', 'clerk'), 1, number, 'not filed before it is served');
	tap.ok(json(reply('serve', number, '--way', 'in_person', '--signed', day(0), '--addressee', '本人', '--as', 'clerk', '--json')).state === 'served', 'served');
	tap.ok(json(reply('file', number, '--archive', 'D-1', '--as', 'clerk', '--json')).state === 'closed', 'filed');
	tap.ok(show().stage === 'signed' && reply('show', number).out.startsWith(`${number}\t`), 'shown, for people and programs');
	tap.ok(reply('fly', number).status === 2 && reply('sign').status === 2, 'unknown words, missing numbers');
}

function elsewhere() {
	const { number } = register();
	refused(gongkai('request', 'decide', number, '--decision', 'give'), 1, number, 'a decision needs its gates');
	refused(gongkai('request', 'decide', number, '--decision', 'give', '--historical'), 2, '--reason', 'made elsewhere: its day and the reason');
	const done = gongkai('request', 'decide', number, '--decision', 'give', '--historical', '--on', day(0), '--reason', '纸质办理，补录');
	tap.ok(done.status === 0, 'then it is recorded', done.err);
	const id = json(gongkai('request', 'show', number, '--json')).id;
	const chain = execFileSync(program, ['verify', '--data', dir], { encoding: 'utf8' });
	tap.ok(id > 0 && /完整|intact/.test(chain), 'in an intact ledger', chain);
}

function letters() {
	const list = gongkai('letter', 'list').out.trim().split('\n');
	tap.ok(list.length > 10 && list.some((l) => l.includes('〔2020〕')), 'letters on file', list[0]);
	const out = join(dir, 'letter.pdf');
	tap.ok(gongkai('letter', 'pdf', '5', '--output', out).status === 0 && readFileSync(out, 'latin1').startsWith('%PDF'), 'one of them as PDF');
	tap.ok(gongkai('letter', 'docx', '5', '--output', out).status === 0 && readFileSync(out, 'latin1').startsWith('PK'), 'as a Word file');
	tap.ok(gongkai('letter', 'show', '5').out.includes('政府信息公开申请答复书'), 'as text');
	tap.ok(gongkai('letter', 'templates').out.trim().split('\n').length === 36, 'the 36 kinds');
	tap.ok(gongkai('letter', 'sample', 'correct').out.includes('补正'), 'a sample of one');
	tap.ok(gongkai('letter', 'sample', 'no_such').status === 2 && gongkai('letter', 'show', '999999').status === 2 && gongkai('letter').status === 2, 'what is not there is said');
}

const dispute = (...words) => gongkai('dispute', ...words);
const told = (...words) => json(dispute(...words, '--json'));
const case4 = () => gongkai('report', '--year', day(0).slice(0, 4), '--table', '4', '--format', 'csv', '--as-of', 'now').out.split('\n').filter((line) => line.startsWith('reconsideration,')).join(' ');

// A reconsideration from its registering to the new answer, put right on the way; and the suit after it.
function disputes() {
	const { number } = register();
	gongkai('request', 'decide', number, '--decision', 'give', '--historical', '--on', day(0), '--reason', '纸质办理，补录');
	const none = case4();
	const open = ['open', '--unit', 'YXZF', '--route', 'reconsideration', '--organ', '示例市人民政府', '--as', 'clerk'];
	refused(dispute('open', '--unit', 'no', '--route', 'reconsideration'), 2, '--unit', 'a unit that is not there');
	refused(dispute(...open.slice(0, 3), '--route', 'appeal', '--case-no', 'x'), 2, '--route', 'a route that is not there');
	refused(dispute(...open, '--case-no', ''), 2, '案号', 'no case number');
	refused(dispute(...open, '--case-no', 'F-1', '--request', 'no'), 2, 'no', 'a request that is not there');
	refused(dispute(...open.slice(0, 7), '--case-no', 'F-1', '--as', 'auditor'), 1, 'auditor', 'an auditor registers nothing');
	const opened = told(...open, '--case-no', 'F-1', '--request', number, '--on', day(-2));
	tap.ok(opened.case_no === 'F-1' && opened.accepted_on === day(-2) && opened.request > 0 && opened.outcome === 'pending', 'opened', JSON.stringify(opened));
	refused(dispute(...open, '--case-no', 'F-1'), 1, 'F-1', 'a case number twice');
	tap.ok(case4() !== none, 'it is pending in table 4', case4());
	const waiting = case4();
	refused(dispute('correct', 'F-1', '--organ', '示例区人民政府'), 2, '填写', 'a correction has a reason');
	const corrected = told('correct', 'F-1', '--organ', '示例省人民政府', '--case-no', 'F-2', '--reason', '案号有误', '--as', 'clerk');
	tap.ok(corrected.case_no === 'F-2' && corrected.organ === '示例省人民政府' && corrected.request === opened.request && corrected.accepted_on === day(-2), 'corrected, the rest as it was', JSON.stringify(corrected));
	refused(dispute('correct', 'F-2', '--organ', 'x', '--reason', 'y', '--version', String(opened.version)), 1, 'F-2', 'who saw an earlier version is told');
	refused(dispute('undo', 'F-2', '--reason', 'y'), 1, 'F-2', 'nothing to undo yet');
	tap.ok(told('receive', 'F-2', '--on', day(-1)).received_on === day(-1), 'received');
	tap.ok(told('correct', 'F-2', '--received', '', '--reason', '还没有收到').received_on === null, 'a day taken out');
	tap.ok(told('conclude', 'F-2', '--result', '维持').outcome === 'upheld' && case4() !== waiting, 'concluded: another cell of table 4');
	refused(dispute('again', 'F-2'), 1, 'F-2', 'what upholds orders no new answer');
	tap.ok(told('undo', 'F-2', '--reason', '看错决定书', '--as', 'clerk').outcome === 'pending' && case4() === waiting, 'undone, and table 4 is as before');
	const ended = told('conclude', 'F-2', '--result', '撤销，责令重新答复', '--redo');
	tap.ok(ended.outcome === 'corrected' && ended.redo === true, 'ordered to answer anew', JSON.stringify(ended));
	tap.ok(told('again', 'F-2', '--as', 'clerk').id === opened.id && json(reply('show', number, '--json')).round >= 1, 'the new answer is begun');
	refused(dispute('again', 'F-2'), 1, 'F-2', 'once');
	refused(dispute('undo', 'F-2', '--reason', 'y'), 1, 'F-2', 'and then the outcome stays');
	const suit = told('open', '--unit', 'YXZF', '--route', 'litigation_after_reconsideration', '--organ', '示例法院', '--case-no', 'S-1', '--request', number);
	tap.ok(told('correct', 'S-1', '--earlier', 'F-2', '--reason', '补登在先的复议').earlier === opened.id, 'a suit and the reconsideration before it', JSON.stringify(suit));
	const linked = told('open', '--unit', 'YXZF', '--route', 'litigation_after_reconsideration', '--organ', '示例法院', '--case-no', 'S-2', '--earlier', 'F-2');
	tap.ok(linked.earlier === opened.id, 'linked when it is registered', JSON.stringify(linked));
	refused(dispute('open', '--unit', 'YXZF', '--route', 'litigation_direct', '--organ', '示例法院', '--case-no', 'S-3', '--earlier', 'F-2'), 2, 'F-2', 'a suit of its own has none before it');
	tap.ok(told('void', 'S-1', '--reason', '误登记').voided === true, 'registered by mistake');
	refused(dispute('answer', 'S-1'), 2, 'S-1', 'its number is free');
	refused(dispute('answer', String(suit.id)), 1, '作废', 'void is void');
	tap.ok(dispute('--help').out.includes('correct') && dispute('open', 'x', '--no-such').status === 2 && dispute('fly', 'F-2').status === 2, 'help, unknown options and words');
	tap.ok(/完整|intact/.test(execFileSync(program, ['verify', '--data', dir], { encoding: 'utf8' })), 'the ledger is intact');
}

// Nothing is kept longer than the site has settled; what is listed is what is erased.
function retention() {
	tap.ok(gongkai('retention', 'list').out.includes('没有设定复议、诉讼的保存年限'), 'nothing is settled');
	tap.ok(gongkai('retention', 'list', '--json').out === '' && gongkai('retention', 'run', '--kind', 'dispute', '--json').out.trim() === '{"amendment":0,"dispute":0,"request":0}', 'so nothing is listed or erased');
	refused(gongkai('retention', 'list', '--kind', 'letter'), 2, '--kind', 'a kind that is not there');
	refused(gongkai('retention'), 2, 'list', 'what to do is said');
}

// Files of the sample year and words of the command line.
function reports() {
	const year = (...words) => gongkai('report', '--year', '2020', ...words);
	const page = join(dir, 'report.html');
	const bureau = join(dir, 'bureau.html');
	const check = (...words) => spawnSync(program, ['check', ...words], { encoding: 'utf8' });
	tap.ok(year('--format', 'html', '--output', page).status === 0 && year('--unit', 'YXJY', '--format', 'html', '--output', bureau).status === 0, 'two reports written');
	tap.ok(check(page).status === 0 && check(page, '--strict').status === 1, 'the district\'s has no error, and warnings under --strict');
	const units = check(page, '--json', '--units', bureau, bureau);
	tap.ok(units.status === 1 && JSON.parse(units.stdout).length === 1 && units.stdout.includes('2个所属单位'), 'all files behind --units are units', units.stdout.slice(0, 400));
	tap.ok(check('--units', page, bureau).status === 2, 'and then there is no report to check');
	const data = join(dir, 'report.json');
	year('--format', 'json', '--output', data);
	const machine = check(data);
	tap.ok(machine.status === 2 && machine.stdout.includes('无法识别文件类型'), 'data for machines is no report', machine.stdout);
	const frozen = year('--table', '3', '--format', 'csv').out;
	const before = year('--table', '3', '--format', 'csv', '--as-of', 'now').out;
	tap.ok(frozen === before && frozen.includes('予以公开,105,14,0,0,1,3,123'), 'the frozen figures are those of the records');
	tap.ok(gongkai('request', 'amend', 'YXZF-2020-0001', '--decision', 'no_process', '--reason', '录入有误', '--as', 'reviewer').status === 0, 'an outcome is put right');
	const now = year('--table', '3', '--format', 'csv', '--as-of', 'now').out;
	const changed = now.split('\n').filter((line, i) => line !== before.split('\n')[i]);
	tap.ok(year('--table', '3', '--format', 'csv').out === frozen, 'the frozen figures stay');
	tap.ok(changed.length === 2 && changed[0].endsWith('104,14,0,0,1,3,122') && changed[1].endsWith('3,0,0,0,0,0,3'), 'the records say exactly that one more and one less', changed.join('|'));
	refused(gongkai('demo', '--year', '2021'), 2, '2020', 'there is no other sample year');
	const unknown = spawnSync(program, ['chek'], { encoding: 'utf8' });
	tap.ok(unknown.status === 2 && unknown.stderr.includes('chek') && unknown.stderr.includes('check'), 'a command that is not there, and those that are');
	refused(year('--as-of', 'then'), 2, '--as-of', 'a position that is none');
	refused(year('--year', '2019'), 2, '两次', 'an option given twice');
}

// A register into an empty site, with the units it names; a bad row leaves neither rows nor units.
function register_of_an_empty_site() {
	const csv = join(dir, 'register.csv');
	const bad = join(dir, 'bad.csv');
	const empty = mkdtempSync(join(tmpdir(), 'gongkai-empty-'));
	const there = (...words) => spawnSync(program, [...words, '--data', empty], { encoding: 'utf8' });
	const units = () => there('unit', 'list').stdout.trim().split('\n').length;
	gongkai('export', 'requests', '--output', csv);
	there('site', 'init', '--name', '广州市越秀区人民政府', '--code', 'YXZF');
	tap.ok(there('import', 'requests', csv).status === 1 && units() === 1, 'units that are not there are problems');
	writeFileSync(bad, readFileSync(csv, 'utf8').replace('2020-01-03', '2020-13-03'));
	const refusedRows = there('import', 'requests', bad, '--add-units');
	tap.ok(refusedRows.status === 1 && refusedRows.stdout.includes('2020-13-03') && units() === 1, 'a bad row leaves no unit', refusedRows.stdout.slice(-300));
	tap.ok(there('import', 'requests', csv, '--add-units', '--dry-run').status === 0 && units() === 1, 'nor does a look');
	const taken = there('import', 'requests', csv, '--add-units');
	tap.ok(taken.status === 0 && units() > 20 && there('unit', 'list').stdout.includes('YXJY\t'), 'units come with the register, under their codes', taken.stderr);
	for (const table of ['3']) {
		const words = ['report', '--year', '2020', '--table', table, '--format', 'csv'];
		tap.ok(there(...words).stdout === gongkai(...words, '--as-of', 'now').out, `and table ${table} is the same`);
	}
	tap.ok(there('import', 'requests', csv, '--add-units').stdout.includes('没有新的申请可导入'), 'a second time changes nothing');
	tap.ok(/完整/.test(there('verify').stdout), 'the ledger is whole');
	refused(gongkai('import', 'requests', csv, '--add-units'), 1, '服务正在运行', 'not beside a server');
	rmSync(empty, { recursive: true, force: true });
}

let server;
try {
	sampleSite(program, dir);
	server = await serve(program, dir);
	answers();
	elsewhere();
	letters();
	register_of_an_empty_site();
	reports();
	disputes();
	retention();
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
