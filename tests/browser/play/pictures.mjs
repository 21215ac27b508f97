// pictures.mjs - the pictures of the manual, taken while the play is played, when somebody asks for them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { small } from './png.mjs';

/* What is looked at, as the acts name it → the picture. Each is taken once, of the first who comes by. */
const PICTURES = {
	'case': 'case', '登记': 'register', '类似': 'similar', '筛选': 'filter', '待办': 'queue', '批量': 'batch', '各单位': 'board', '工作台': 'desk',
	'计算期限': 'clock', '确认收到': 'confirm', '分成几件': 'split', '转交承办单位': 'transfer', '转办': 'assign', '协办': 'consult', '协办反馈': 'consult-answer',
	'告知补正': 'correction', '征求意见': 'third-party', '收到意见': 'third-party-answer', '要求说明理由': 'reasons', '判断理由': 'reasons-judged',
	'提出延期': 'extension', '审批延期': 'extension-approved', '通知缴费': 'fee', 'aid': 'decide-aid', 'decide': 'decide', 'facts': 'facts', 'redact': 'redact',
	'enclose': 'enclose', 'letter': 'draft', 'submit': 'submit', 'review': 'review', 'advise': 'adviser', 'sign': 'sign', 'serve': 'serve', 'prove': 'serve-proof',
	'file': 'file', 'close': 'withdraw', 'amend': 'amend', '导入': 'import', '文书': 'letters', '抬头': 'letterhead', '填报': 'statistics', '年报': 'report', '复议诉讼': 'dispute',
	'receipt': 'apply-receipt', '来信': 'mail', '公开答复': 'answers', '更正申请': 'amendments', '印发和送达': 'deliver',
};
export const pictureNames = Object.values(PICTURES);

export class Pictures {
	constructor(folder) {
		this.folder = folder;
		this.taken = new Map(); /* picture → bytes */
	}

	async take(hands, what, heading) {
		const name = PICTURES[what];
		if (!this.folder || !name || this.taken.has(name)) return;
		this.taken.set(name, 0);
		mkdirSync(this.folder, { recursive: true });
		await hands.page.evaluate(() => scrollTo(0, 0));
		if (heading) await hands.main().getByRole('heading', { name: heading }).evaluate((e) => e.scrollIntoView());
		const png = small(await hands.page.screenshot());
		writeFileSync(join(this.folder, `${name}.png`), png);
		this.taken.set(name, png.length);
	}
}
