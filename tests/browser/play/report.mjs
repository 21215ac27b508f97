// report.mjs - what the year comes to: one request in each line of table 三, in the column of who asked, and every
// figure opens its record.
import { COLUMNS } from './plan.mjs';

const TOTAL = 'total';

/* Line → column → number, as the plan has it. */
export function expected(plan) {
	const table = new Map();
	const count = (line, column) => {
		for (const c of [column, TOTAL]) {
			const row = table.get(line) ?? table.set(line, new Map()).get(line);
			row.set(c, (row.get(c) ?? 0) + 1);
		}
	};
	for (const play of plan.plays) {
		count(play.carriedIn ? 'carried_in' : 'new_received', play.column);
		count(play.row, play.column);
		count('results_total', play.column);
	}
	count('new_received', plan.left.column);
	count('carried_out', plan.left.column);
	return table;
}

/* table3.csv as the site gives it: line → column → number. */
export async function counted(hands, year) {
	const answer = await hands.page.context().request.get(`${hands.base}/reports/${year}/SLQ/table3.csv`);
	const [heads, ...lines] = (await answer.text()).replace(/^\uFEFF/, '').trim().split(/\r?\n/).map((line) => line.replaceAll('"', '').split(','));
	return new Map(lines.map((line) => [line[heads.indexOf('row_key')], new Map(heads.flatMap((h, i) => ([...COLUMNS, TOTAL].includes(h) ? [[h, Number(line[i])]] : [])))]));
}

/* Each figure of the printed table is a link to its records: the one request of the plan, and on to its case. */
export async function openFigures(hands, plan, numbers) {
	const faults = [];
	for (const { row, column } of [...plan.plays, { row: 'carried_in', column: plan.plays.find((p) => p.carriedIn).column }, { row: 'carried_out', column: plan.left.column }]) {
		const number = numbers.get(row === 'carried_in' ? plan.plays.find((p) => p.carriedIn).row : row);
		await hands.open(`/reports/${plan.year}/SLQ`);
		await hands.leave(() => hands.main().locator(`a[href*="line=${row}&column=${column}"]`).click({ timeout: 20000 }));
		if (!await hands.link(number).count()) {
			faults.push(`${row} ${column}: ${number} is not there: ${(await hands.text()).slice(0, 200)}`);
			continue;
		}
		if (row === 'granted') {
			await hands.follow(number);
			if (!(await hands.heading()).includes(number)) faults.push(`${row}: the record does not open the case`);
		}
	}
	return faults;
}
