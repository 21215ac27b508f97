// citizen.mjs - what an applicant does: fills the form page by page, keeps number and code, follows, answers, withdraws.
import { classLabel } from './plan.mjs';

/* GB 11643 and GB 32100: numbers nobody has, with the check characters the form asks for. */
function residentId(n) {
	const digits = `110105194912${String(10 + (n % 18)).padStart(2, '0')}${String(100 + n).slice(-3)}`;
	const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
	return digits + '10X98765432'[[...digits].reduce((sum, c, i) => sum + Number(c) * weights[i], 0) % 11];
}

function creditCode(n) {
	const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
	const code = `91110000SAMPE${String(1000 + n)}`.replace('SAMPE', 'MA0AA');
	let sum = 0, weight = 1;
	for (const c of code) {
		sum += letters.indexOf(c) * weight;
		weight = (weight * 3) % 31;
	}
	return code + letters[(31 - (sum % 31)) % 31];
}

let people = 0;

/* Who asks: plainly nobody. */
export function applicant(column) {
	const n = ++people;
	const person = column === 'natural_person';
	return {
		column, person,
		name: person ? `申请人甲${String(n).padStart(2, '〇')}` : `示例${classLabel(column)}${n}（样例）`,
		number: person ? residentId(n) : creditCode(n),
	};
}

/* What each page of the form is told, by its heading. A page that comes up and is not named here is read and gone on from. */
function answers(who, asked, unit) {
	return {
		'申请公开什么信息': { '向哪个单位申请': unit, '所需政府信息的内容描述': asked },
		'申请人类别': { '您以什么名义申请': classLabel(who.column) },
		'申请人': who.person ? { '姓名': who.name, '身份证明': '居民身份证', '证件号码': who.number }
			: { '名称': who.name, '身份证明': '统一社会信用代码', '统一社会信用代码或者证照号码': who.number },
		'联系方式': { '联系人': who.person ? undefined : '联系人甲', '电话': '13800000000', '通信地址': '示例路9号（样例）' },
		'代理人': {},
		'形式和方式': { '希望得到信息的形式': '纸质', '获取信息的方式': '邮寄' },
		'附件': {},
	};
}

/* From the start page to the receipt. look: what is done on each page before it is left. */
export async function submit(hands, who, asked, { unit = '示例区人民政府（样例）', look = async () => {} } = {}) {
	const known = answers(who, asked, unit);
	await hands.open('/request');
	await look('start');
	await hands.press('开始填写');
	for (let pages = 0; pages < 12 && await hands.heading() !== '核对您的申请'; pages++) {
		const heading = await hands.heading();
		await hands.fill(known[heading] ?? {});
		await look(heading);
		if (known[heading] === undefined && !await hands.button('保存并继续').count()) throw new Error(`${hands.where()}: no way on from ${heading}`);
		await hands.press('保存并继续');
	}
	if (!await hands.has(asked.split('\n')[0]) || !await hands.has(who.name)) throw new Error(`${hands.where()}: the check page does not show what was typed`);
	await look('check');
	await hands.press('确认并提交');
	await look('receipt');
	const text = await hands.text();
	return { number: /登记编号 ?([A-Z]+-\d{4}-\d+)/.exec(text)[1], code: /查询码 ?([0-9A-Z-]{19})/.exec(text)[1] };
}

export async function follow(hands, { number, code }) {
	await hands.open('/request/progress');
	await hands.fill({ '登记编号': number, '查询码': code });
	await hands.press('查询');
	if (!await hands.has(number)) throw new Error(`${hands.where()}: ${number} is not shown: ${await hands.text()}`);
}

export async function correct(hands, words) {
	await hands.fill({ '补正的内容': words });
	await hands.press('提交补正');
}

export async function explain(hands, words) {
	await hands.fill({ '理由': words });
	await hands.press('提交理由');
}

/* What was served can be read where the request is followed. */
export async function readAnswer(hands, title) {
	await hands.follow(title);
	if (!await hands.has('示例公开')) throw new Error(`${hands.where()}: the letter has no number: ${await hands.text()}`);
}

export async function withdraw(hands) {
	await hands.follow('撤回申请');
	await hands.press('确认撤回');
}
