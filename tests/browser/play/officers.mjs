// officers.mjs - what officers do with a case, each act on its page, by the account whose it is.

export const UNIT = '示例区人民政府（样例）';

/* To the page of a case by its number, as one looks it up in the register; the second time one knows its address. */
const addresses = new Map();
export async function find(hands, number) {
	const known = addresses.get(hands.base + number);
	if (known) return hands.open(known);
	await hands.open(`/desk/requests?number=${number}`);
	await hands.follow(number);
	addresses.set(hands.base + number, new URL(hands.page.url()).pathname);
}

/* One step of the law: the case page offers it, its form is filled, the case page comes back. */
export async function step(hands, name, fields, look) {
	await hands.follow(name);
	await hands.fill(fields);
	await look?.(name);
	await hands.press(name);
}

export async function claim(hands) {
	await hands.press('认领');
}

export async function confirm(hands, on, look) {
	await step(hands, '确认收到', { '收到申请之日': on }, look);
}

export async function askCorrection(hands, { points, guidance }, look) {
	await step(hands, '告知补正', { '需要补正的事项': points, '指导和释明': guidance }, look);
}

export async function openInquiry(hands, on, look) {
	await step(hands, '征求意见', {
		'征求谁的意见': '第三方', '名称': '示例公司（样例）', '联系方式': '000-00000000', '征求意见的内容': '报价明细', '送达日期': on,
	}, look);
}

export async function closeInquiry(hands, look) {
	await step(hands, '收到意见', { '意见': '不同意公开，有合理理由', '意见或者理由的内容': '报价明细是商业秘密。' }, look);
}

export async function askReasons(hands, since, look) {
	await step(hands, '要求说明理由', { '自何日起': since.from, '至何日止': since.till, '其间提出的申请件数': '43' }, look);
}

export async function judgeReasons(hands, look) {
	await step(hands, '判断理由', { '申请理由是否合理': '不合理', '判断的理由': '同类申请已经多次答复。' }, look);
}

export async function split(hands, parts, look) {
	await step(hands, '分成几件', { '各件的申请内容': parts.join('\n') }, look);
}

export async function transfer(hands, look) {
	await step(hands, '转交承办单位', { '转交给': UNIT, '理由': '属于区政府办公室的职责' }, look);
}

/* ---- the reply */

export const reply = (hands, number) => find(hands, number).then(() => hands.follow('作出答复'));

/* Every question of the law's order until the one that is answered with yes. */
async function byAid(hands, decision, look) {
	await hands.follow('逐项判断');
	for (let questions = 0; questions < 25; questions++) {
		const yes = await hands.has(`回答“是”，该项的处理结果就是“${decision}”`);
		await hands.fill({ '回答': yes ? '是' : '不是', '依据或者说明': '看了申请表' });
		await look?.('aid');
		await hands.press('记下回答');
		if (yes) return;
	}
	throw new Error(`${hands.where()}: no question leads to ${decision}`);
}

async function byChoice(hands, decision, look) {
	await hands.follow('选定处理结果');
	await hands.fill({ '处理结果': decision, '理由': '经集体研究直接选定' });
	await look?.('decide');
	await hands.press('选定');
}

async function redact(hands, look) {
	await hands.follow('遮盖');
	await hands.fill({ '位置': '第3页第2段', '依据': '不予公开：保护第三方合法权益', '不予公开的理由': '他人的住址' });
	await look?.('redact');
	await hands.press('登记');
	await hands.follow('返回答复');
}

async function enclose(hands, redacted, look) {
	await hands.follow('上传或者取消');
	await hands.fill({ '附件名称': redacted ? '方案（遮盖后）' : '批复', '页数': '3', '这是遮盖后的副本': redacted, '文件': { name: '附件.txt', content: '样例文件\n' } });
	await look?.('enclose');
	await hands.press('上传');
	await hands.follow('返回答复');
}

/* From the first decision to 送审: what the clerk does alone. */
export async function draft(hands, play, days, look) {
	await hands.press('开始拟稿');
	await (play.aid ? byAid : byChoice)(hands, play.decision, look);
	await hands.fill(play.facts(days));
	await look?.('facts');
	await hands.press('保存');
	if (play.redact) await redact(hands, look);
	if (play.redact || play.enclose) await enclose(hands, Boolean(play.redact), look);
	await hands.follow('起草文书');
	await hands.fill({ '以电子邮件或者网上领取的方式送达': play.service === 'web' });
	await look?.('letter');
	await hands.press('起草');
	if (await hands.has('送审之前还要补齐')) throw new Error(`${hands.where()}: ${await hands.text()}`);
	await look?.('submit');
	await hands.press('送审');
}

export async function review(hands, look) {
	await hands.follow('审核');
	await hands.fill({ '审核结论': '同意' });
	await look?.('review');
	await hands.press('提交审核结论');
}

export async function advise(hands, look) {
	await hands.follow('出具法律意见');
	await hands.fill({ '结论': '同意', '法律意见': '事实清楚，依据适当。（样例）' });
	await look?.('advise');
	await hands.press('提交意见');
}

export async function sign(hands, look) {
	await hands.follow('签发');
	await look?.('sign');
	await hands.press('签发');
}

const SERVICE = {
	in_person: (today) => ({ '送达方式': '当面送达', '签收日期': today, '签收人': '本人' }),
	post: () => ({ '送达方式': '邮政邮寄（EMS、挂号信）', '邮件号码': '1234567890123', '凭证': { name: '邮寄收据.txt', content: '样例收据\n' } }),
	web: () => ({ '送达方式': '网上领取' }),
};

export async function serve(hands, way, today, look) {
	await hands.follow('登记送达');
	await hands.fill(SERVICE[way](today));
	await look?.('serve');
	await hands.press('登记');
}

export async function file(hands, number, look) {
	await hands.follow('归档');
	await hands.fill({ '档号': `样例-${number}` });
	await look?.('file');
	await hands.press('归档');
	if (!await hands.has(`档号样例-${number}`)) throw new Error(`${hands.where()}: not filed: ${await hands.text()}`);
}

export async function close(hands, why, addressee, look) {
	await hands.follow('终止办理');
	await hands.fill({ '终止的原因': why, '受文者（申请人姓名或者名称）': addressee });
	await look?.('close');
	await hands.press('终止办理');
}

export async function prove(hands, today, look) {
	await hands.follow('补记签收');
	await hands.fill({ '签收日期': today, '签收人': '本人' });
	await look?.('prove');
	await hands.press('补记');
}

/* By the tariff: sixty pages, told and handed over on the day. */
export async function charge(hands, today, look) {
	await hands.follow('通知缴费');
	await hands.fill({ '提供的页数（A4及以下）': '60' });
	await hands.press('计算');
	if (!await hands.has('60页，300元')) throw new Error(`${hands.where()}: sixty pages are not 300 yuan: ${await hands.text()}`);
	await hands.fill({ '收费标准': '按量计收', '送达日期': today });
	await look?.('通知缴费');
	await hands.press('通知缴费并拟收费通知书');
}

/* ---- what is set up once */

export async function letterhead(hands, look) {
	await hands.open('/desk/letterhead');
	await hands.fill({
		'发文机关全称': UNIT, '机关代字': '示例公开', '版式': '信函格式', '联系人或者机构': '示例区政府信息公开办公室（样例）', '联系电话': '000-00000000',
		'地址': '示例路1号（样例）', '提交行政复议申请的互联网渠道': 'https://example.cn/（样例）',
	});
	await look.take(hands, '抬头');
	await hands.press('保存');
}

export async function remedies(hands, look) {
	await hands.open('/desk/letter-bodies');
	for (const [role, name] of [['上一级人民政府', '示例市人民政府（样例）'], ['有管辖权的人民法院', '示例市铁路运输法院（样例）']]) {
		await hands.fill({ '性质': role, '全称': name, '起始日': '2019-01-01' });
		await hands.press('添加');
	}

}
