// exim.mjs - a mail server of our own on a high port: it takes mail by SMTP, delivers into maildirs, and writes reports
// to senders whose mail comes back. Everything it needs lies in one folder.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';

const root = process.getuid() === 0;
export const mailUser = root ? 'Debian-exim' : execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();

// No server runs deliveries as root; what it writes must be readable to whoever reads the mailbox.
export function own(...paths) {
	if (root) execFileSync('chown', ['-R', `${mailUser}:`, ...paths]);
}

function freePort() {
	return new Promise((resolve) => {
		const s = net.createServer();
		s.listen(0, '127.0.0.1', () => {
			const { port } = s.address();
			s.close(() => resolve(port));
		});
	});
}

function configuration(dir, port) {
	const group = execFileSync('id', ['-gn', mailUser], { encoding: 'utf8' }).trim();
	return `exim_path = /usr/sbin/exim4
primary_hostname = mx.example
spool_directory = ${dir}/spool
log_file_path = ${dir}/log/%slog
pid_file_path = ${dir}/exim.pid
daemon_smtp_ports = ${port}
local_interfaces = 127.0.0.1
tls_advertise_hosts =
keep_environment =
exim_user = ${mailUser}
exim_group = ${group}
${root ? '' : 'deliver_drop_privilege = true'}
qualify_domain = mx.example
acl_smtp_rcpt = acl_rcpt
queue_run_in_order = true
host_lookup =
rfc1413_query_timeout = 0s
begin acl
acl_rcpt:
  deny local_parts = refused
       message = no such mailbox
  accept
begin routers
gone:
  driver = redirect
  local_parts = gone
  allow_fail
  data = :fail: mailbox is gone
office:
  driver = accept
  domains = gov.example
  local_parts = zwgk
  local_part_suffix = +*
  local_part_suffix_optional
  transport = box
people:
  driver = accept
  domains = applicant.example : staff.example
  local_parts = jia01 : yi : clerk : reviewer
  transport = person
begin transports
box:
  driver = appendfile
  directory = ${dir}/box
  maildir_format
  create_directory
  delivery_date_add
  envelope_to_add
  return_path_add
  user = ${mailUser}
  group = ${group}
person:
  driver = appendfile
  directory = ${dir}/people/$local_part_data
  maildir_format
  create_directory
  return_path_add
  user = ${mailUser}
  group = ${group}
begin retry
* * F,1h,5s
`;
}

export async function startExim(dir) {
	const port = await freePort();
	for (const d of ['spool', 'log', 'box', 'box/new', 'box/cur', 'box/tmp', 'people']) mkdirSync(join(dir, d), { recursive: true });
	writeFileSync(join(dir, 'exim.conf'), configuration(dir, port));
	own(dir);
	if (root) execFileSync('chown', ['root:', join(dir, 'exim.conf')]);
	const child = spawn('/usr/sbin/exim4', ['-C', join(dir, 'exim.conf'), '-bdf', '-q1s'], { stdio: ['ignore', 'ignore', 'pipe'] });
	let trouble = '';
	child.stderr.on('data', (d) => { trouble += d; });
	for (let i = 0; i < 100; i++) {
		if (await answers(port)) return { child, port, box: join(dir, 'box'), inbox: (who) => messages(join(dir, 'people', who, 'new')) };
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`exim does not answer: ${trouble}`);
}

function answers(port) {
	return new Promise((resolve) => {
		const s = net.connect(port, '127.0.0.1', () => { s.destroy(); resolve(true); });
		s.on('error', () => resolve(false));
	});
}

export function messages(folder) {
	try {
		return readdirSync(folder).sort().map((name) => readFileSync(join(folder, name), 'utf8'));
	} catch {
		return [];
	}
}

// One message by SMTP, line by line, as any mail program hands it over.
export function send(port, { from, to, message }) {
	const steps = ['EHLO client.example', `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA',
		`${message.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..')}\r\n.`, 'QUIT'];
	return new Promise((resolve, reject) => {
		const s = net.connect(port, '127.0.0.1');
		let text = '', at = 0;
		s.setEncoding('utf8');
		s.setTimeout(20000, () => s.destroy(new Error('SMTP timeout')));
		s.on('error', reject);
		s.on('data', (d) => {
			text += d;
			for (let line = /^(\d{3})([ -]).*\r\n/.exec(text); line; line = /^(\d{3})([ -]).*\r\n/.exec(text)) {
				text = text.slice(line[0].length);
				if (line[2] === '-') continue;
				if (line[1] >= '400') { s.destroy(); reject(new Error(`SMTP: ${line[0]}`)); return; }
				if (at === steps.length) { s.end(); resolve(); return; }
				s.write(`${steps[at++]}\r\n`);
			}
		});
	});
}

export function letter(headers, body) {
	return `${Object.entries(headers).map(([k, v]) => `${k}: ${v}`).join('\n')}\n\n${body}\n`;
}
