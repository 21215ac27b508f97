// desk.mjs - what the desk's pages cost while the register grows: CPU of the server for a request.
//   node bench/desk.mjs BUILD FOLDER…     each a site of ten times (or so) the cases of the one before it
// Of each site a twentieth of the cases is open. The same pages are asked of each by the same clerk: case pages spread
// over the register, the queues, the register itself. All sites are served at once and take turns, so that whatever else
// the machine does meets all of them. Prints "page SIZE NAME CPU_US", the median of the rounds, and "ratio NAME R", the
// median of what the last site took in a round of what the first took in the same round.
import { readFileSync, readdirSync } from 'node:fs';
import { Client, samplePasswords, serve } from '../tests/lib/client.mjs';

const [build, ...folders] = process.argv.slice(2);
const ROUNDS = 9, REQUESTS = 300, CASES = 40;

// Microseconds of all threads of the server and of the child that answers.
function cpu(pid) {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean);
	return [pid, ...children].reduce((sum, p) => readdirSync(`/proc/${p}/task`).reduce((of, t) =>
		of + Number(readFileSync(`/proc/${p}/task/${t}/schedstat`, 'utf8').split(' ')[0]) / 1000, sum), 0);
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

async function round(site, paths) {
	const before = cpu(site.pid);
	for (let i = 0; i < REQUESTS; i++) {
		const answer = await site.client.get(paths[i % paths.length]);
		if (answer.status !== 200) throw new Error(`${paths[i % paths.length]}: ${answer.status}`);
	}
	return (cpu(site.pid) - before) / REQUESTS;
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

async function open(folder) {
	const server = await serve(`${build}/gongkai`, folder);
	const site = { server, pid: server.child.pid, client: new Client(server.url, { timeout: 60000 }) };
	await site.client.signIn('clerk', samplePasswords(folder).clerk);
	site.size = JSON.parse((await site.client.get('/desk/requests.json')).text).items[0].id;
	site.pages = {
		'case page': await cases(site.client),
		'queue: open': ['/desk/queue?list=open'],
		'queue: unclaimed': ['/desk/queue?list=unclaimed'],
		'queue: late': ['/desk/queue?list=late'],
		'register': ['/desk/requests', '/desk/requests?state=open'],
		'first page': ['/desk'],
		'replies': ['/desk/replies'],
	};
	return site;
}

const sites = [];
try {
	for (const folder of folders) sites.push(await open(folder));
	for (const name of Object.keys(sites[0].pages)) {
		const took = sites.map(() => []), word = name.replaceAll(' ', '_');
		for (const site of sites)
			for (const path of site.pages[name]) await site.client.get(path); // warm
		for (let i = 0; i < ROUNDS; i++)
			for (const [n, site] of sites.entries()) took[n].push(await round(site, site.pages[name]));
		for (const [n, site] of sites.entries()) console.log(`page ${site.size} ${word} ${Math.round(median(took[n]))}`);
		console.log(`ratio ${word} ${median(took[0].map((first, i) => took.at(-1)[i] / first)).toFixed(3)}`);
	}
} finally {
	for (const { server } of sites) {
		server.child.removeAllListeners('exit');
		server.child.kill('SIGTERM');
	}
}
