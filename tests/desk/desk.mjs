// desk.mjs - an officer's day with requests, over HTTP: register, work, look, import, export.
//   node tests/desk/desk.mjs PROGRAM
// The sample site; no browser: forms are filled as pages give them, and every answer is looked at.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Tap, samplePasswords, sampleSite, serve } from '../lib/client.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const tap = new Tap();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-desk-'));
const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
const text = (page) => page.text.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const where = (answer) => answer.headers.location ?? '';

async function upload(client, name, content) {
	const fields = await client.form('/desk/requests/import', '/desk/requests/import');
	const mark = 'mark5fc7c0de';
	const parts = Object.entries(fields).map(([k, v]) => Buffer.from(
		`--${mark}\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`));
	parts.push(Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n`
		+ 'Content-Type: application/octet-stream\r\n\r\n'), Buffer.from(content), Buffer.from(`\r\n--${mark}--\r\n`));
	return client.request('POST', '/desk/requests/import', {
		body: Buffer.concat(parts),
		headers: { 'content-type': `multipart/form-data; boundary=${mark}`, origin: client.base.origin },
	});
}

// What the form of a preview page would send.
function mappingOf(page) {
	const fields = {};
	for (const [, name, body] of page.text.matchAll(/<select[^>]*name="(col-[^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
		fields[name] = /<option value="([^"]*)" selected/.exec(body)?.[1] ?? '';
	for (const [tag, name] of page.text.matchAll(/<input[^>]*name="((?:all-|head|_)[^"]*)"[^>]*>/g))
		fields[name] = /value="([^"]*)"/.exec(tag)?.[1] ?? '';
	return fields;
}

async function registering(clerk) {
	const empty = await clerk.form('/desk/requests/new', '/desk/requests/new');
	const refused = await clerk.post('/desk/requests/new', { ...empty, channel: 'web', applicant: 'natural_person', submitted_on: today, content: '' });
	tap.ok(refused.status === 422 && refused.text.includes('id="content-error"'), 'an empty content is refused at its field', refused.status);
	tap.ok(/name="submitted_on"[^>]*value="\d{4}-/.test(refused.text), 'what was typed stands again');
	const late = await clerk.post('/desk/requests/new', { ...empty, channel: 'web', applicant: 'natural_person', submitted_on: '2020-11-05', confirmed_on: '2020-11-02', content: '决算' });
	tap.ok(late.status === 422 && late.text.includes('id="confirmed_on-error"'), 'a confirmation before the submission is refused at its field', late.status);
	const fields = await clerk.form('/desk/requests/new', '/desk/requests/new');
	const good = { ...fields, channel: 'web', applicant: 'natural_person', submitted_on: '2020年11月2日', content: '2019年度部门决算\n<b>第二行</b>' };
	const first = await clerk.post('/desk/requests/new', good), again = await clerk.post('/desk/requests/new', good);
	tap.ok(first.status === 303 && where(first) === where(again), 'the same form twice is one request', `${where(first)} ${where(again)}`);
	const page = await clerk.get(where(first));
	tap.ok(text(page).includes('待确认') && text(page).includes('期限没有开始计算'), 'unconfirmed: the clock has not begun');
	tap.ok(page.text.includes('&lt;b&gt;第二行'), 'what people write is escaped');
	return where(first);
}

async function step(client, href, name, fields) {
	const hidden = await client.form(`${href}/${name}`, `${href}/${name}`);
	return client.post(`${href}/${name}`, { ...hidden, ...fields });
}

// A form with a file, as a browser sends it.
async function sendFile(client, path, fields, name, content) {
	const hidden = await client.form(path, path), mark = 'mark5fc7c0de';
	const parts = Object.entries({ ...hidden, ...fields }).map(([k, v]) => Buffer.from(
		`--${mark}\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`));
	parts.push(Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n`
		+ 'Content-Type: application/octet-stream\r\n\r\n'), Buffer.from(content), Buffer.from(`\r\n--${mark}--\r\n`));
	return client.request('POST', path, {
		body: Buffer.concat(parts),
		headers: { 'content-type': `multipart/form-data; boundary=${mark}`, origin: client.base.origin },
	});
}

// One form of the reply: filled as its page gives it.
const act = (client, href, name, fields) => step(client, `${href}/reply`, name, fields);
const went = (answer) => answer.status === 303;

// From the first question to the archive, each act by the account whose it is.
async function replying({ clerk, reviewer, adviser, signer, supervisor }, href) {
	const base = `${href}/reply`, read = async (who = clerk) => JSON.parse((await who.get(`${base}.json`)).text);
	const open = await clerk.form(base, `${base}/open`);
	tap.ok(went(await clerk.post(`${base}/open`, open)), 'a draft is begun');
	const item = (await read()).items[0].id;
	const ask = await clerk.get(`${base}/items/${item}/test`);
	tap.ok(text(ask).includes('逾期不补正？'), 'the aid asks the first question of the law\'s order');
	for (const kind of ['close_uncorrected', 'still_unclear', 'petition'])
		tap.ok(went(await act(clerk, href, `items/${item}/test`, { answer: 'no', note: '' })), `no: ${kind}`);
	const skipped = await clerk.form(`${base}/items/${item}/test`, `${base}/items/${item}/test`);
	tap.ok((await clerk.post(`${base}/items/${item}/test`, { ...skipped, test: 'no_law', answer: 'yes' })).status === 409, 'no question is passed over');
	const unlike = await act(clerk, href, `items/${item}/decide`, { decision: 'give', reason: '' });
	tap.ok(unlike.status === 422 && unlike.text.includes('id="reason-error"'), 'otherwise than the tests: with a reason only', unlike.status);
	tap.ok(went(await act(clerk, href, `items/${item}/decide`, { decision: 'give', reason: '决算本应公开' })), 'decided with a reason');
	tap.ok((await clerk.get(`${base}/sign`)).status === 403, 'a clerk does not sign');
	const lacking = text(await clerk.get(base));
	tap.ok(lacking.includes('提供的形式') && lacking.includes('答复文书'), 'what is missing is named', lacking.slice(0, 500));
	tap.ok(went(await act(clerk, href, `items/${item}/facts`, { form: '纸质复印件' })), 'facts');
	tap.ok(went(await act(clerk, href, 'items/new', { asked: '同一部门的会议纪要' })), 'a second item');
	const second = (await read()).items[1].id;
	tap.ok(went(await act(clerk, href, `items/${second}/decide`, { decision: 'no_third', reason: '涉及他人' })), 'refused for a third party');
	tap.ok(text(await clerk.get(base)).includes('第三方意见'), 'the third party was not asked: said before it goes on');
	tap.ok(went(await act(clerk, href, `items/${second}/decide`, { decision: 'no_process', reason: '讨论记录' })), 'refused as a record of discussion');
	const empty = await act(clerk, href, `items/${second}/redact`, { place: '第3页', ground: 'no_third', reason: '' });
	tap.ok(empty.status === 422 && empty.text.includes('id="reason-error"'), 'nothing is blacked out without a reason', empty.status);
	tap.ok(went(await act(clerk, href, `items/${second}/facts`, { process: '讨论记录' })), 'facts of the second');
	tap.ok(went(await act(clerk, href, `items/${item}/redact`, { place: '第3页第2段', ground: 'no_third', reason: '他人住址' })), 'what is blacked out, where, on which ground');
	tap.ok(text(await clerk.get(base)).includes('遮盖后的副本'), 'then the blacked-out copy is missing');
	const strange = await sendFile(clerk, `${base}/enclosures`, { title: '决算', pages: '12', redacted: 'on' }, 'x.exe', Buffer.from([0x4d, 0x5a, 0, 1, 2]));
	tap.ok(strange.status === 422 && strange.text.includes('id="file-error"'), 'a file of no known kind is refused at its field', strange.status);
	tap.ok(went(await sendFile(clerk, `${base}/enclosures`, { title: '2019年度部门决算', pages: '12', redacted: 'on' }, '决算.txt', '决算正文\n')), 'the copy is enclosed');
	const enclosed = /\/files\/(\d+)/.exec((await clerk.get(base)).text)?.[1];
	tap.ok((await clerk.get(`${base}/files/${enclosed}`)).status === 200 && (await clerk.get(`${base}/files/99999`)).status === 404, 'it can be had, others cannot');
	tap.ok((await read()).decision === 'part', 'one given, one refused: 部分公开 by the rule, with its working', JSON.stringify((await read()).working));
	tap.ok(went(await act(clerk, href, 'letter', { dated: '2020-11-20', addressee: '申请人甲〇一' })), 'the letter is merged');
	const letter = text(await clerk.get(base));
	tap.ok(letter.includes('2019年度部门决算'), 'with its enclosure');
	tap.ok(letter.includes('关于“同一部门的会议纪要”') && letter.includes('讨论记录'), 'with an answer for each item', letter.slice(0, 1500));
	tap.ok((await clerk.get(`${base}/letter.pdf`)).text.startsWith('%PDF'), 'and can be looked at as PDF');
	const stale = await clerk.form(base, `${base}/submit`);
	tap.ok(went(await clerk.post(`${base}/submit`, stale)), 'submitted');
	const slow = await clerk.post(`${base}/submit`, stale);
	tap.ok(slow.status === 409 && text(slow).includes('送审'), 'who was slower sees who was faster, and with what', text(slow).slice(0, 300));
	tap.ok((await reviewer.get(`${base}/sign`)).status === 409, 'no signature before the review');
	tap.ok(went(await act(reviewer, href, 'review', { verdict: 'against', remark: '写明页数' })), 'sent back');
	tap.ok(text(await clerk.get(base)).includes('写明页数'), 'the drafter reads the remark');
	tap.ok(went(await act(clerk, href, `items/${item}/facts`, { form: '纸质复印件', pages: '12' })), 'changed');
	tap.ok(text(await clerk.get(base)).includes('重新起草'), 'the letter is not what it was merged from: said');
	tap.ok(went(await act(clerk, href, 'letter', { dated: '2020-11-20', addressee: '申请人甲〇一' })), 'merged anew');
	tap.ok(went(await clerk.post(`${base}/submit`, await clerk.form(base, `${base}/submit`))), 'submitted again');
	tap.ok(went(await act(reviewer, href, 'review', { verdict: 'for', remark: '' })), 'reviewed');
	tap.ok(text(await adviser.get('/desk/replies')).includes('等您办理'), 'the adviser finds what waits');
	tap.ok(went(await act(adviser, href, 'advise', { verdict: 'for', opinion: '意见：会议纪要的理由须能举证。' })), 'advised');
	tap.ok((await read(supervisor)).gates.some((g) => g.who && g.gate.includes('法律顾问')), 'that there is an opinion can be known');
	tap.ok(!(await supervisor.get(base)).text.includes('须能举证') && (await signer.get(base)).text.includes('须能举证'), 'what it says is for the people in the gates');
	const same = await act(reviewer, href, 'sign', { on: '2020-11-20', reason: '' });
	tap.ok(same.status === 409 && text(same).includes('同一人'), 'the reviewer does not sign too', same.status);
	tap.ok(went(await act(signer, href, 'sign', { on: '2020-11-20', reason: '' })), 'signed');
	tap.ok(/〔2020〕\d+号/.test((await read()).letter), 'numbered', (await read()).letter);
	const courier = await act(clerk, href, 'serve', { way: 'post', sent_on: '2020-11-23', tracking: 'SF1234567890123' });
	tap.ok(courier.status === 422 && courier.text.includes('id="tracking-error"'), 'another courier is refused', courier.status);
	tap.ok(went(await act(clerk, href, 'serve', { way: 'post', sent_on: '2020-11-23', tracking: '1234567890123' })), 'posted');
	tap.ok((await read()).timing === 'in_time', 'in time, by the day of posting');
	const early = await act(clerk, href, 'file', { on: '2020-11-30', archive_no: '2020-D30-1', years: '30' });
	tap.ok(early.status === 409 && text(early).includes('送达凭证'), 'no archive without proof of service', text(early).slice(0, 300));
	const service = (await read()).services[0].id;
	tap.ok(went(await sendFile(clerk, `${base}/services/${service}/prove`, { signed_on: '2020-11-25', addressee: '本人' }, '回执.txt', '签收回执')), 'the receipt came back');
	tap.ok(went(await act(clerk, href, 'file', { on: '2020-11-30', archive_no: '2020-D30-1', years: '30' })), 'filed');
	tap.ok(text(await clerk.get(href)).includes('按期') && text(await clerk.get(base)).includes('凭证'), 'the case page shows it, and the receipt is there');
	const zip = await clerk.get(`${base}/dossier.zip`);
	tap.ok(zip.status === 200 && zip.text.startsWith('PK') && !zip.text.includes('须能举证'), 'the dossier as a ZIP, without the opinion');
}

async function working(people, href) {
	const { clerk } = people;
	const early = await clerk.get(`${href}/ask-correction`);
	tap.ok(early.status === 409 && text(early).includes('待确认'), 'a step out of order is answered with its rule', early.status);
	const stale = await clerk.form(`${href}/confirm`, `${href}/confirm`);
	tap.ok((await step(clerk, href, 'confirm', { on: '2020-11-01' })).status === 422, 'a confirmation before submission is refused');
	tap.ok((await step(clerk, href, 'confirm', { on: '2020-11-03' })).status === 303, 'confirmed');
	const second = await clerk.post(`${href}/confirm`, { ...stale, on: '2020-11-04' });
	tap.ok(second.status === 409, 'who was slower is told', second.status);
	const page = await clerk.get(href);
	tap.ok(text(page).includes('2020年12月1日'), 'the clock: 20 working days after 2020-11-03', text(page).slice(0, 400));
	tap.ok(text(page).includes('逐日计算') && text(page).includes('第20日'), 'every day with its reason');
	await replying(people, href);
	const done = text(await clerk.get(href));
	tap.ok(['登记：', '确认收到：', '作出答复：', '送达：', '归档：', '处理结果 部分公开', '状态 已送达 → 已办结'].every((w) => done.includes(w)), 'what happened, in sentences', done.slice(-900));
	const json = JSON.parse((await clerk.get(`${href}.json`)).text);
	tap.ok(json.state === 'closed' && json.decision === 'part' && json.closed_on === '2020-11-20' && json.clock.due === '2020-12-01', 'the same for machines', JSON.stringify(json).slice(0, 300));
}

async function looking(clerk, supervisor) {
	const seen = new Set();
	let next = '/desk/requests.json', pages = 0;
	for (; next && pages < 100; pages++) {
		const page = JSON.parse((await clerk.get(next)).text);
		page.items.forEach((r) => seen.add(r.id));
		next = page.next;
	}
	const all = new Set();
	for (next = '/desk/requests.json?order=down'; next; ) {
		const page = JSON.parse((await clerk.get(next)).text);
		page.items.forEach((r) => all.add(r.id));
		next = page.next;
	}
	tap.ok(seen.size > 80 && all.size === seen.size, 'both orders page through the same requests', `${seen.size} ${all.size}`);
	const whole = [];
	for (next = '/desk/requests.json?state=closed'; next; ) {
		const page = JSON.parse((await supervisor.get(next)).text);
		whole.push(...page.items);
		next = page.next;
	}
	tap.ok(whole.length > 100 && new Set(whole.map((r) => r.id)).size === whole.length, 'the supervisor pages through all units', whole.length);
	tap.ok(whole.every((r) => r.state === 'closed'), 'filtered by state');
	const other = whole.find((r) => !seen.has(r.id));
	tap.ok((await clerk.get(`/desk/requests/${other.id}`)).status === 404, 'another unit\'s request is not shown to a clerk');
	tap.ok((await supervisor.get(`/desk/requests/${other.id}`)).status === 200, 'and is to the supervisor');
	const open = await clerk.get('/desk/requests?state=open');
	tap.ok(text(open).includes('已逾期') && !open.text.includes('>已办结</strong>'), 'what is open, most urgent first');
	const none = await clerk.get('/desk/requests?number=NOSUCH');
	tap.ok(none.status === 200 && text(none).includes('没有符合条件的申请'), 'nothing found is said so');
	const bad = await clerk.get('/desk/requests?year=20x');
	tap.ok(bad.status === 422 && bad.text.includes('id="year-error"'), 'a filter that is none is said at its field', bad.status);
	const csv = await clerk.get('/desk/requests.csv?year=2020');
	const rows = csv.text.trim().split('\r\n');
	const listed = [];
	for (next = '/desk/requests.json?year=2020'; next; ) {
		const page = JSON.parse((await clerk.get(next)).text);
		listed.push(...page.items);
		next = page.next;
	}
	tap.ok(csv.text.startsWith('\uFEFF"登记编号"') && rows.length === listed.length + 1, 'the export has what the filter shows', `${rows.length} ${listed.length}`);
	const xlsx = await clerk.get('/desk/requests.xlsx?year=2020');
	tap.ok(xlsx.status === 200 && xlsx.text.startsWith('PK'), 'also as a workbook');
	return csv.text;
}

async function importing(clerk, exported) {
	const same = await upload(clerk, '台账.csv', exported);
	const page = await clerk.get(where(same));
	tap.ok(same.status === 303 && page.status === 200 && /新的\s*0 件/.test(text(page)), 'its own export holds nothing new', text(page).slice(0, 600));
	const wrong = await upload(clerk, '台账.pdf', '%PDF-1.4 不是台账');
	tap.ok(wrong.status === 422 && wrong.text.includes('action="/desk/requests/import"') && text(wrong).includes('请上传 XLSX 或 CSV 文件'), 'what is no table is refused beside the field', text(wrong).slice(0, 400));
	const heads = '某区依申请公开台账\r\n受理编号,申请人姓名,申请人类别,申请方式,收到日期,所需信息,答复类型,答复日期\r\n';
	const rows = 'T-1,张某,自然人,邮寄,2020-03-02,甲,予以公开,2020-03-20\r\nT-2,李某,公民,网上,2020年3月3日,乙,信息不存在,2020/3/25\r\n';
	const bad = 'T-3,王某,外星人,邮寄,2020-02-30,丙,,\r\n';
	const sent = await upload(clerk, '2020.csv', heads + rows + bad);
	const look = await clerk.get(where(sent));
	const said = text(look);
	tap.ok(/新的\s*2 件/.test(said) && /有问题\s*1 行/.test(said), 'two good rows and a bad one', said.slice(0, 800));
	tap.ok(said.includes('外星人') && said.includes('2020-02-30') && said.includes('第5行'), 'every bad cell is named by row and column');
	const action = where(sent).replace(/\?.*/, '');
	const stop = await clerk.post(action, { ...mappingOf(look), bad: 'stop', act: 'import' });
	const told = await clerk.get(where(stop));
	tap.ok(stop.status === 303 && text(told).includes('没有导入任何内容'), 'all or nothing by default');
	const before = JSON.parse((await clerk.get('/desk/requests.json?number=T-')).text).items.length;
	tap.ok(before === 0, 'nothing was written');
	const rejects = /href="([^"]*rejects\.csv[^"]*)"/.exec(look.text)[1].replaceAll('&amp;', '&');
	const csv = (await clerk.get(rejects)).text;
	tap.ok(csv.includes('"受理编号"') && csv.includes('"原因"') && csv.includes('T-3') && !csv.includes('T-1'), 'the rejected rows with their reasons');
	const skipped = await clerk.post(action, { ...mappingOf(look), bad: 'skip', act: 'import', save: '1' });
	const result = await clerk.get(where(skipped));
	tap.ok(skipped.status === 303 && text(result).includes('已导入 2 件') && text(result).includes('跳过有问题的 1 行'), 'imported without the bad row', text(result).slice(0, 400));
	const there = JSON.parse((await clerk.get('/desk/requests.json?number=T-')).text).items;
	tap.ok(there.length === 2 && there.every((r) => r.state === 'closed') && !JSON.stringify(there).includes('张某'), 'they are there, without names');
	const moved = await upload(clerk, '2021.csv', heads.replace('收到日期', '某日') + rows.replaceAll('T-', 'V-'));
	const lost = await clerk.get(where(moved));
	tap.ok(text(lost).includes('没有找到“收到申请之日”'), 'a missing column is named');
	const mapping = { ...mappingOf(lost), 'col-received_on': '4', act: 'look' };
	const looked = await clerk.post(where(moved).replace(/\?.*/, ''), mapping);
	const found = await clerk.get(where(looked));
	tap.ok(/新的\s*2 件/.test(text(found)), 'and can be said', text(found).slice(0, 500));
	const broken = await upload(clerk, 'x.xlsx', Buffer.from('PK\x03\x04 no workbook'));
	tap.ok(broken.status === 422 && text(broken).includes('请上传 XLSX 或 CSV 文件'), 'a file that is no workbook is an error, not a crash', broken.status);
}

// The register of proceedings: out, wrong, right, again.
async function proceedings(clerk, supervisor) {
	const path = '/desk/disputes/import', out = await clerk.get('/desk/disputes/register.csv');
	const own = out.text.trimEnd().split('\r\n').length - 1, all = (await supervisor.get('/desk/disputes/register.csv')).text.trimEnd().split('\r\n').length - 1;
	tap.ok(out.status === 200 && own >= 1 && all > own, 'the own unit\'s proceedings go out, all of them to who sees all', `${own} ${all}`);
	tap.ok((await clerk.get('/desk/disputes/register.xlsx?year=2020')).text.startsWith('PK'), 'and as a workbook');
	tap.ok((await supervisor.get('/desk/disputes/register.csv?year=2019')).text.trimEnd().split('\r\n').length === 1, 'of a year none, if there were none');
	const same = await clerk.get(where(await sendFile(clerk, path, {}, '台账.csv', out.text)));
	tap.ok(new RegExp(`已登记且相同\\s*${own} 件`).test(text(same)) && !same.text.includes('>导入</button>'), 'its own register holds nothing new', text(same).slice(0, 600));
	const heads = '某局复议诉讼台账\r\n案号,案件类型,法院,立案日期,裁判结果,结案日期,复议案号\r\n';
	const suit = '示诉2号,行政诉讼,示例法院,2020年9月1日,驳回诉讼请求,2020-11-01,示复2号\r\n', first = '示复2号,复议,示例机关,2020-06-01,维持,2020-08-01,\r\n';
	const sent = await sendFile(clerk, path, {}, '错.csv', `${heads}${suit}${first}示复3号,信访,示例机关,2020-02-30,,,\r\n`);
	const look = await clerk.get(where(sent)), said = text(look);
	tap.ok(sent.status === 303 && /新的\s*2 件/.test(said) && /有问题\s*1 行/.test(said) && said.includes('第5行“案件类型”：“信访”') && said.includes('第5行“立案日期”：“2020-02-30”'), 'each bad cell is named', said.slice(0, 900));
	tap.ok(!look.text.includes('>导入</button>'), 'and nothing can be imported before it is right');
	const hidden = await clerk.form('/desk/password', '/desk/password');
	const forced = await clerk.post(where(sent), { ...hidden });
	tap.ok(where(forced).startsWith(where(sent)) && text(await clerk.get(where(forced))).includes('没有导入任何内容'), 'not even by force', forced.status);
	const list = async () => JSON.parse((await clerk.get('/desk/disputes.json?list=all')).text).items.filter((d) => /^示[诉复]\d号$/.test(d.case_no));
	tap.ok((await list()).length === 0, 'nothing was written');
	const right = where(await sendFile(clerk, path, {}, '对.csv', heads + suit + first));
	tap.ok((await supervisor.get(right)).status === 403, 'a supervisor does not import');
	const done = await clerk.post(right, await clerk.form(right, right));
	tap.ok(done.status === 303 && text(await clerk.get(where(done))).includes('已导入 2 件'), 'imported', `${done.status} ${where(done)}`);
	const there = await list();
	tap.ok(there.length === 2 && there.find((d) => d.case_no === '示诉2号')?.route === 'litigation_after_reconsideration' && there.every((d) => d.outcome === 'upheld'), 'they are there, the suit behind its reconsideration', JSON.stringify(there));
	tap.ok((await clerk.get(right)).status === 404, 'the file that came is gone');
	const pdf = await sendFile(clerk, path, {}, 'x.pdf', '%PDF-1.4\n');
	tap.ok(pdf.status === 422 && pdf.text.includes('id="file-error"'), 'what is no table is refused at its field', pdf.status);
	const nothing = await sendFile(clerk, path, {}, 'x.xlsx', Buffer.from('PK\x03\x04 no workbook'));
	tap.ok(nothing.status === 422 && nothing.text.includes('id="file-error"'), 'nor is a workbook that is none taken', nothing.status);
}

function command(...words) {
	try {
		return { status: 0, out: execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) };
	} catch (e) {
		return { status: e.status, out: e.stdout + e.stderr };
	}
}

// While the server holds the folder, the command runs in it.
async function commands() {
	const file = join(dir, 'list.csv'), out = join(dir, 'left.csv');
	writeFileSync(file, '登记编号,承办单位,申请方式,申请人类别,收到申请之日,处理结果,办结日期\r\n'
		+ 'W-1,YXZF,网上提交,自然人,2020-04-01,予以公开,2020-04-10\r\nW-2,无此单位,网上提交,自然人,2020-04-01,,\r\n');
	const refused = command('import', 'requests', file, '--data', dir);
	tap.ok(refused.status === 1 && refused.out.includes('无此单位') && refused.out.includes('没有导入任何内容'), 'the command beside a server: all or nothing', refused.out);
	const done = command('import', 'requests', file, '--data', dir, '--skip-bad', out, '--json');
	tap.ok(done.status === 1 && JSON.parse(done.out).added === 1, 'with --skip-bad the good row is in', done.out);
	tap.ok(readFileSync(out, 'utf8').includes('W-2'), 'and the bad one in the caller\'s file');
	const again = command('import', 'requests', file, '--data', dir, '--skip-bad', out, '--json');
	tap.ok(JSON.parse(again.out).added === 0 && JSON.parse(again.out).same === 1, 'again: nothing new');
	tap.ok(command('import', 'requests', join(dir, 'none.csv'), '--data', dir).status === 2, 'a file that is not there');
}

// A session that ends while its officer types: the words come back, before and after signing in.
async function interrupted(server, password) {
	const path = '/desk/requests/new';
	const clerk = new Client(server.url);
	await clerk.signIn('clerk', password);
	const content = '示例：写到一半的申请内容 <b>“&”</b>\n第二行';
	const typed = { ...await clerk.form(path, path), channel: 'in_person', applicant: 'natural_person', submitted_on: '2026-06-01', content };
	clerk.cookies.clear();
	const kept = await clerk.post(path, typed);
	tap.ok(kept.status === 401 && kept.text.includes('登录已到期') && kept.text.includes('写到一半的申请内容') && !kept.text.includes('<b>“'), 'what was typed is kept when the session has ended', kept.status);
	const hidden = Object.fromEntries([...kept.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value
		.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')]));
	tap.ok(hidden.content === content && hidden._csrf === undefined, 'word for word', JSON.stringify(hidden));
	await clerk.signIn('clerk', password);
	const again = await clerk.post(path, hidden);
	tap.ok(again.status === 403 && again.text.includes('写到一半的申请内容') && again.text.includes('id="content"'), 'signed in, the form stands there as it was typed', again.status);
	const token = /name="_csrf" value="([0-9a-f]+)"/.exec(again.text)?.[1];
	const sent = await clerk.post(path, { ...hidden, _csrf: token });
	tap.ok(sent.status === 303, 'and is sent', sent.status);
	clerk.cookies.clear();
	const secret = await clerk.post('/desk/password', { ...typed, password: 'not-to-be-shown', fresh: 'nor-this' });
	tap.ok(secret.status === 303 && !secret.text.includes('not-to-be-shown'), 'a password is never shown', secret.status);
}

// The next year's notice, loaded by those who may; an error keeps what was typed.
async function years(clerk, supervisor) {
	const path = '/desk/calendar';
	const known = JSON.parse((await clerk.get(`${path}.json?year=2020`)).text);
	tap.ok(known.year === 2020 && known.days.some((d) => d.day === '2020-01-24' && d.kind === 'holiday'), 'the days of a year, for programs', JSON.stringify(known.days.slice(0, 3)));
	const read = await clerk.get(`${path}?year=2020`);
	tap.ok(read.text.includes('2020-10-10') && !read.text.includes('载入一年的通知'), 'a clerk reads the calendar and does not load');
	const next = Number(known.last.slice(0, 4)) + 1;
	const load = async (days) => supervisor.post(path, { ...await supervisor.form(path, path), notice: '国办发明电（示例）', days });
	const wrong = await load(`date,kind,name\n${next}-10-01,off,国庆节\n`);
	tap.ok(wrong.status === 422 && wrong.text.includes('id="days-error"') && wrong.text.includes('第2行') && wrong.text.includes(`${next}-10-01,off`), 'a wrong kind is told with its line, nothing typed is lost', wrong.status);
	const gap = await load(`date,kind,name\n${next + 1}-10-01,holiday,国庆节\n`);
	tap.ok(gap.status === 422 && gap.text.includes(`${next}年没有国庆节`), 'no year is left out', gap.status);
	const done = await load(`date,kind,name\n${next}-10-01,holiday,国庆节\n`);
	const after = JSON.parse((await clerk.get(`${path}.json?year=${next}`)).text);
	tap.ok(done.status === 303 && after.last === `${next}-12-31` && after.days.length === 1 && after.notices.at(-1).notice === '国办发明电（示例）', 'the next year is there', JSON.stringify(after));
	const refused = await clerk.post(path, { ...await clerk.form('/desk/password', '/desk/password'), notice: 'x', days: 'date,kind,name' });
	tap.ok(refused.status === 403, 'and a clerk is refused', refused.status);
}

// Accounts of twenty-eight units: one unit at a time, and an error leads back to the desk.
async function accounts(secadmin) {
	const all = await secadmin.get('/desk/accounts'), one = await secadmin.get('/desk/accounts?at=YXFG');
	tap.ok(text(all).includes('共 116 个') && text(one).includes('共 4 个') && !text(one).includes('区财政局 正常'), 'accounts are listed by unit', text(one).slice(0, 600));
	const nowhere = await secadmin.get('/desk/nowhere');
	tap.ok(nowhere.status === 404 && nowhere.text.includes('<a class="govuk-link" href="/desk">返回工作台</a>'), 'who is signed in is led back to the desk');
}

let server;
try {
	sampleSite(program, dir);
	const passwords = samplePasswords(dir);
	server = await serve(program, dir);
	const people = {};
	for (const name of ['clerk', 'reviewer', 'adviser', 'signer', 'supervisor', 'secadmin']) {
		people[name] = new Client(server.url);
		await people[name].signIn(name, passwords[name]);
	}
	const href = await registering(people.clerk);
	await working(people, href);
	const exported = await looking(people.clerk, people.supervisor);
	await importing(people.clerk, exported);
	await proceedings(people.clerk, people.supervisor);
	await years(people.clerk, people.supervisor);
	await accounts(people.secadmin);
	await interrupted(server, passwords.clerk);
	for (const list of ['/desk/mail', '/desk/notices'])
		tap.ok((await people.clerk.get(list)).text.includes('没有设置发件服务器'), `${list}: without a server to send by it says so`);
	await commands();
	const verdict = command('verify', '--data', dir);
	tap.ok(verdict.status === 0, 'the ledger is intact', verdict.out);
} catch (e) {
	tap.ok(false, 'the day went on to its end', e.stack);
} finally {
	server?.child.kill('SIGTERM');
	rmSync(dir, { recursive: true, force: true });
}
tap.end();
