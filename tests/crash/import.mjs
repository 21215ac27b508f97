// import.mjs - `gongkai import` as offices run it: into an empty site while it is read, killed at random, once more,
// into a filled site, beside a running server; and a whole year out of one site and into another, both registers.
//   node tests/crash/import.mjs PROGRAM
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Tap, serve } from '../lib/client.mjs';

const program = process.argv[2] ?? 'build/gongkai';
const tap = new Tap();
const root = mkdtempSync(join(tmpdir(), 'gongkai-import-'));
const run = (...words) => spawnSync(program, words, { encoding: 'utf8', maxBuffer: 1 << 28 });
const good = (r, name, want) => tap.ok(r.status === 0 && r.stdout.includes(want), name, `${r.status} ${r.stdout} ${r.stderr}`);

function register(name, from, to, change = (line) => line) {
	const lines = ['登记编号,承办单位,申请方式,申请人类别,提交日期,收到申请之日,申请内容,延期天数,处理结果,办结日期'];
	for (let i = from; i < to; i++) {
		const day = new Date(Date.UTC(2019, 0, 1 + (i % 700))).toISOString().slice(0, 10);
		lines.push(change(`GK-${i},甲市乙区人民政府,网上提交,自然人,${day},${day},申请公开第${i}件,0,予以公开,${day}`, i));
	}
	const path = join(root, name);
	writeFileSync(path, lines.join('\n') + '\n');
	return path;
}

function site(name) {
	const dir = join(root, name);
	execFileSync(program, ['site', 'init', '--data', dir, '--name', '甲市乙区人民政府', '--code', 'GK', '--url', 'http://127.0.0.1',
		'--office', '办公室', '--contact', '无'], { stdio: 'ignore' });
	return dir;
}
const events = (dir) => Number(/共 (\d+) 条/.exec(run('verify', '--data', dir).stdout)?.[1] ?? -1);
const requests = (dir) => run('export', 'requests', '--data', dir).stdout.trimEnd().split('\n').length - 1;

const ROWS = 30000;
const long = register('long.csv', 0, ROWS);

// Killed while the file grows: readers find the old site, without anybody's help, or all of the file.
async function killed() {
	let dir = site('killed');
	const before = events(dir), small = statSync(join(dir, 'site.db')).size;
	let cut = 0, other = 0;
	for (let i = 0; i < 5; i++) {
		const child = spawn(program, ['import', 'requests', long, '--data', dir], { stdio: 'ignore' });
		const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal)));
		const until = Date.now() + 60000;
		while (statSync(join(dir, 'site.db')).size < small + (i + 1) * 1e6 && child.exitCode === null && Date.now() < until)
			await new Promise((r) => setTimeout(r, 2));
		child.kill('SIGKILL');
		if (await ended !== 'SIGKILL') break;
		cut += existsSync(join(dir, 'site.db-journal')) ? 1 : 0;
		const now = [events(dir) - before, requests(dir)].join();
		other += now === '0,0' || now === `${ROWS},${ROWS}` ? 0 : 1;
		if (now !== '0,0') dir = site(`killed${i}`); // after its COMMIT, this time
	}
	tap.ok(cut > 0, 'imports were killed while they wrote', `${cut}`);
	tap.ok(other === 0, 'and readers found the site as it was, or whole', `${other}`);
	good(run('import', 'requests', long, '--data', dir), 'the next import is taken', `已导入${ROWS}件`);
	tap.ok(events(dir) === before + ROWS && requests(dir) === ROWS, 'and is all there');
	good(run('import', 'requests', long, '--data', dir), 'the same file again changes nothing', `已登记且相同${ROWS}行`);
	tap.ok(events(dir) === before + ROWS, 'not even the ledger');
	return dir;
}

function filled(dir) {
	const before = events(dir);
	const more = register('more.csv', ROWS - 100, ROWS + 5000);
	good(run('import', 'requests', more, '--data', dir), 'a file that overlaps adds what is new', '已导入5000件');
	tap.ok(events(dir) === before + 5000 && requests(dir) === ROWS + 5000, 'each once');
	const wrong = register('wrong.csv', ROWS, ROWS + 6000, (l, i) => (i === ROWS + 3 ? l.replace('自然人', '商业企业') : l));
	const r = run('import', 'requests', wrong, '--data', dir);
	tap.ok(r.status === 1 && r.stdout.includes('“申请人类别”不同') && r.stdout.includes('没有导入任何内容'), 'another fact under a number is a conflict', r.stdout);
	tap.ok(requests(dir) === ROWS + 5000, 'and nothing of that file is written');
}

// A machine where the library of digests refuses SM3: the operator reads what to change.
function fips(dir) {
	const r = spawnSync(program, ['verify', '--data', dir], { encoding: 'utf8', env: { ...process.env, LIBGCRYPT_FORCE_FIPS_MODE: '1' } });
	tap.ok(r.status !== 0 && r.stderr.includes('libgcrypt is in FIPS mode') && r.stderr.includes('/etc/gcrypt/fips_enabled'),
		'without SM3 it says what to change', `${r.status} ${r.stderr}`);
}

// What is no file is not waited for, and a byte that does not fit is told by its place in the file.
function refused(dir) {
	const pipe = join(root, 'pipe'), bytes = readFileSync(long), broken = join(root, 'broken.csv');
	execFileSync('mkfifo', [pipe]);
	for (const path of [pipe, root]) {
		const r = spawnSync(program, ['import', 'requests', path, '--data', dir], { encoding: 'utf8', timeout: 20000 });
		tap.ok(r.status === 2 && r.stderr.includes('不是文件'), 'a pipe, or a folder, is refused at once', `${r.status} ${r.stderr}`);
	}
	const at = bytes.lastIndexOf('GK-');
	for (const [byte, words] of [[0xff, '不符合 UTF-8'], [0x00, '有控制字符']]) {
		bytes[at] = byte;
		writeFileSync(broken, bytes);
		const r = run('import', 'requests', broken, '--data', dir);
		tap.ok(r.status === 2 && r.stderr.includes(`第 ${at} 个字节处${words}`), 'a wrong byte is told by its place', `${at} ${r.stderr}`);
	}
	const r = run('import', 'requests', long, '--data', dir, '--unit', 'NIX');
	tap.ok(r.status === 2 && r.stderr.includes('gongkai unit list'), 'a unit that is not there: where they are listed', r.stderr);
}

function bad() {
	const dir = site('bad'), before = events(dir), left = join(root, 'left.csv');
	const file = register('bad.csv', 0, ROWS, (l, i) => (i % 10000 === 9999 ? l.replace('网上提交', '信鸽') : l));
	const r = run('import', 'requests', file, '--data', dir);
	tap.ok(r.status === 1 && r.stdout.includes('有问题3行') && r.stdout.includes('没有导入任何内容'), 'bad rows stop a long file', r.stdout);
	tap.ok(events(dir) === before, 'and nothing is written');
	const skipping = run('import', 'requests', file, '--data', dir, '--skip-bad', left);
	tap.ok(skipping.status === 1 && skipping.stdout.includes(`已导入${ROWS - 3}件`), 'or are left out', skipping.stdout + skipping.stderr);
	tap.ok(readFileSync(left, 'utf8').trimEnd().split('\n').length === 4, 'and given back');
	tap.ok(requests(dir) === ROWS - 3, 'the others are there');
}

async function besideServer() {
	const dir = site('served'), before = events(dir);
	const server = await serve(program, dir);
	try {
		const client = new Client(server.url);
		const child = spawn(program, ['import', 'requests', long, '--data', dir], { stdio: ['ignore', 'pipe', 'ignore'] });
		let out = '', pages = 0, slow = 0;
		child.stdout.on('data', (d) => { out += d; });
		const ended = new Promise((resolve) => child.on('exit', resolve));
		while (child.exitCode === null) {
			const page = await client.get('/');
			pages++;
			slow += page.status === 200 ? 0 : 1;
			await new Promise((r) => setTimeout(r, 20));
		}
		tap.ok(await ended === 0 && out.includes(`已导入${ROWS}件`), 'an import beside a server', out);
		tap.ok(pages > 0 && slow === 0, 'which answered meanwhile', `${pages} ${slow}`);
	} finally {
		const gone = new Promise((resolve) => server.child.removeAllListeners('exit').on('exit', resolve));
		server.child.kill('SIGTERM');
		await gone;
	}
	tap.ok(events(dir) === before + ROWS && requests(dir) === ROWS, 'is all there');
}

// The sample year's two registers into an empty site: its tables are the origin's, to the digit.
async function bothRegisters() {
	const origin = join(root, 'origin'), copy = site('copy'), file = (name) => join(root, name);
	execFileSync(program, ['demo', '--data', origin, '--year', '2020'], { stdio: 'ignore' });
	const out = (what, dir, ...words) => execFileSync(program, ['export', what, '--data', dir, ...words], { encoding: 'utf8' });
	const table = (dir, n) => execFileSync(program, ['report', '--data', dir, '--year', '2020', '--table', `${n}`, '--format', 'csv'], { encoding: 'utf8' });
	out('requests', origin, '--output', file('requests.csv'));
	out('disputes', origin, '--format', 'xlsx', '--output', file('disputes.xlsx'));
	const early = run('import', 'disputes', file('disputes.xlsx'), '--data', copy, '--json');
	tap.ok(early.status === 1 && JSON.parse(early.stdout).bad === 21 && !JSON.parse(early.stdout).written, 'proceedings of units and requests that are not there are refused, cell by cell', early.stdout + early.stderr);
	good(run('import', 'requests', file('requests.csv'), '--add-units', '--data', copy), 'the requests of a year come in with their units', '已导入');
	tap.ok(table(copy, 4) !== table(origin, 4), 'without its proceedings table 4 is another');
	const before = events(copy);
	good(run('import', 'disputes', file('disputes.xlsx'), '--data', copy, '--dry-run'), 'a look writes nothing', '只检查，没有写入');
	tap.ok(events(copy) === before, 'not even the ledger');
	good(run('import', 'disputes', file('disputes.xlsx'), '--data', copy), 'the proceedings come in', '已导入21件');
	tap.ok(events(copy) > before + 21, 'each with its events');
	for (const n of [3, 4]) tap.ok(table(copy, n) === table(origin, n), `table ${n} is the origin's`, table(copy, n));
	const sorted = (text) => text.split('\n').sort().join('\n');
	const units = (text) => text.replace(/"广州市越秀区人民政府"|"甲市乙区人民政府"/g, '');
	tap.ok(sorted(units(out('disputes', copy))) === sorted(units(out('disputes', origin))), 'and what goes out again is the same');
	const now = events(copy);
	good(run('import', 'disputes', file('disputes.xlsx'), '--data', copy), 'the same again', '已登记且相同21行');
	const csv = out('disputes', copy), other = file('other.csv');
	writeFileSync(other, csv.replace('示例行政复议机关', '另一行政复议机关') + '"示诉〔2020〕1号","区民政局","","直接起诉","示例法院","2020-08-03","","","",""\n');
	const conflict = run('import', 'disputes', other, '--data', copy);
	tap.ok(conflict.status === 1 && /第\d+行“受理机关”：“另一行政复议机关”与登记的不同/.test(conflict.stdout) && conflict.stdout.includes('没有导入任何内容'), 'another fact is a conflict that names its cell', conflict.stdout);
	tap.ok(run('import', 'disputes', other, '--data', copy, '--skip-bad', file('x.csv')).status === 2, 'rows of proceedings are not left out');
	tap.ok(events(copy) === now, 'and nothing was written');
	await proceedingsBesideServer(copy, other, csv);
}

// In the server that holds the site, through the reader's child as without it.
async function proceedingsBesideServer(dir, file, csv) {
	const suit = '"示诉〔2020〕2号","区民政局","","行政诉讼","示例法院","2020-10-03","","","","示复〔2020〕99号"\n';
	const earlier = '"示复〔2020〕99号","区民政局","","复议","示例行政复议机关","2020-08-03","维持","","2020-09-30",""\n';
	writeFileSync(file, csv.split('\n')[0] + '\n' + suit + earlier);
	const server = await serve(program, dir), before = events(dir);
	try {
		const r = await new Promise((resolve) => {
			const child = spawn(program, ['import', 'disputes', file, '--data', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
			let text = '';
			child.stdout.on('data', (d) => { text += d; });
			child.on('exit', (status) => resolve({ status, text }));
		});
		tap.ok(r.status === 0 && r.text.includes('已导入2件'), 'beside a server, a suit before its reconsideration', r.text);
		tap.ok(run('export', 'disputes', '--data', dir).stdout.includes('"示诉〔2020〕2号"'), 'is there');
	} finally {
		const gone = new Promise((resolve) => server.child.removeAllListeners('exit').on('exit', resolve));
		server.child.kill('SIGTERM');
		await gone;
	}
	tap.ok(events(dir) >= before + 3, 'with its events');
}

try {
	const dir = await killed();
	filled(dir);
	fips(dir);
	refused(dir);
	bad();
	await besideServer();
	await bothRegisters();
} catch (e) {
	tap.ok(false, 'it ends', e.stack);
} finally {
	rmSync(root, { recursive: true, force: true });
}
tap.end();
