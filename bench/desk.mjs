// desk.mjs - what the desk's pages cost while the register grows: CPU of the server for a request.
//   node bench/desk.mjs BUILD FOLDER…     each a site of ten times (or so) the cases of the one before it
// Of each site a twentieth of the cases is open. The same pages are asked of each by the same clerk, one after
// the other: case pages spread over the register, the queues, the register itself. Prints "page SIZE NAME CPU_US".
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Client, samplePasswords, serve } from '../tests/lib/client.mjs';

const [build, ...folders] = process.argv.slice(2);
const ROUNDS = 3, REQUESTS = 1000, CASES = 40;
const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

// The server and the child that answers.
function cpu(pid) {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean);
	return [pid, ...children].reduce((sum, p) => {
		const fields = readFileSync(`/proc/${p}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
		return sum + Number(fields[11]) + Number(fields[12]);
	}, 0) / ticks;
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

async function measure(client, pid, paths) {
	const rounds = [];
	for (let round = 0; round < ROUNDS; round++) {
		const before = cpu(pid);
		for (let i = 0; i < REQUESTS; i++) {
			const answer = await client.get(paths[i % paths.length]);
			if (answer.status !== 200) throw new Error(`${paths[i % paths.length]}: ${answer.status}`);
		}
		rounds.push((cpu(pid) - before) * 1e6 / REQUESTS);
	}
	return median(rounds);
}

// Case pages from the whole register: some of each page that lies a step further on.
async function cases(client) {
	const out = [];
	for (let next = '/desk/requests.json'; next && out.length < CASES;) {
		const part = JSON.parse((await client.get(next)).text);
		out.push(...part.items.slice(0, 10).map((r) => `/desk/requests/${r.id}`));
		next = part.next;
	}
	return out;
}

for (const folder of folders) {
	const server = await serve(`${build}/gongkai`, folder);
	try {
		const client = new Client(server.url, { timeout: 60000 });
		await client.signIn('clerk', samplePasswords(folder).clerk);
		const size = JSON.parse((await client.get('/desk/requests.json')).text).items[0].id;
		const pages = {
			'case page': await cases(client),
			'queue: open': ['/desk/queue?list=open'],
			'queue: unclaimed': ['/desk/queue?list=unclaimed'],
			'queue: late': ['/desk/queue?list=late'],
			'register': ['/desk/requests', '/desk/requests?state=open'],
			'first page': ['/desk'],
			'replies': ['/desk/replies'],
		};
		for (const [name, paths] of Object.entries(pages)) {
			for (const path of paths) await client.get(path); // warm
			console.log(`page ${size} ${name.replaceAll(' ', '_')} ${Math.round(await measure(client, server.child.pid, paths))}`);
		}
	} finally {
		server.child.removeAllListeners('exit');
		server.child.kill('SIGTERM');
	}
}
