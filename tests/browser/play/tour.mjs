// tour.mjs - what a clerk looks at beside single cases: lists, filters, a batch, what is alike; and what others see.
import * as officer from './officers.mjs';

const must = async (hands, words) => {
	if (!await hands.has(words)) throw new Error(`${hands.where()}: no ${words}: ${(await hands.text()).slice(0, 500)}`);
};

/* The lists of a day's work, and a batch up to its preview. */
async function lists(clerk, look, numbers) {
	await clerk.open('/desk');
	await look('工作台');
	await clerk.open('/desk/queue');
	await clerk.open('/desk/queue?list=open');
	await must(clerk, numbers[0]);
	await look('待办');
	for (const number of numbers.slice(0, 2)) await clerk.fill({ [`选择${number}`]: true });
	await clerk.press('批量办理所选');
	await must(clerk, '已选2件');
	await clerk.fill({ '办理什么': '提出延期' });
	await clerk.press('下一步');
	await clerk.fill({ '延长的工作日': '5', '理由': '材料较多' });
	await clerk.press('预览');
	await must(clerk, '可以办理的2件');
	await look('批量');
	await clerk.open('/desk/requests?state=open');
	await must(clerk, numbers[0]);
	await look('筛选');
	await clerk.open('/clock?received=2025-01-06');
	await must(clerk, '第20日');
	await look('计算期限');
}

/* A letter that comes by post asks for what somebody has asked for: the earlier one is shown before a new one is made. */
async function intake(clerk, look, asked) {
	await clerk.open('/desk/requests/new');
	const fields = { '申请方式': '邮寄（需签收）', '申请人类别': '自然人', '提交日期': '2025-01-13', '签收或确认日期': '2025-01-14', '申请内容': asked, '姓名或者名称': '申请人乙〇一', '身份证明': '其他有效证件', '证件号码': 'SAMPLE-0001', '电话': '13800000000' };
	await clerk.fill(fields);
	await look('登记');
	await clerk.press(/^登记/, { refused: 422 });
	await must(clerk, '已核对以前的申请');
	await look('类似', clerk, '本单位收到过的类似申请');
}

/* Another unit is asked whether it has it, and says so. */
async function consult(site, clerk, look, number) {
	await officer.find(clerk, number);
	await clerk.follow('转办');
	await look('转办');
	await officer.find(clerk, number);
	await clerk.follow('交有关单位协办');
	await clerk.fill({ '协办单位': '示例区教育局（样例）', '需要对方办理什么': '是否保存该信息？请提供文本。', '要求反馈的日期': '2025-01-17' });
	await look('协办');
	await clerk.press(/协办/);
	const school = await site.as('school');
	await school.open('/desk/tasks');
	await school.follow(/是否保存该信息/);
	await school.fill({ '反馈意见': '本局没有保存该信息。' });
	await look('协办反馈', school);
	await school.press('反馈');
	await officer.find(clerk, number);
	await must(clerk, '本局没有保存该信息');
}

/* A letter on the way, from the draft that its step left to the applicant's signature. */
async function deliver(clerk, look, number) {
	await officer.find(clerk, number);
	await clerk.follow(/^核对、印发和送达/);
	await clerk.press('编号印发');
	await must(clerk, '还没有送达');
	await look('印发和送达');
	await clerk.fill({ '送达方式': '当面送达', '送出日期': '2025-01-14', '签收日期': '2025-01-14', '签收人': '申请人甲〇一' });
	await clerk.press('登记送达');
	await must(clerk, '已送达');
}

/* Pages of other rooms that a clerk works with. */
async function rooms(site, clerk, look, year) {
	for (const [path, what] of [['/desk/letters', '文书'], ['/desk/requests/import', '导入'], [`/desk/statistics?year=${year}`, '填报'], ['/desk/disputes', '复议诉讼'], ['/desk/mail', '来信'], ['/desk/answers', '公开答复'], ['/desk/amendments', '更正申请']]) {
		await clerk.open(path);
		await look(what);
	}
	const supervisor = await site.as('supervisor');
	await supervisor.open(`/desk/board?year=${year}`);
	await must(supervisor, '按时率');
	await look('各单位', supervisor);
}

export async function tour(site, pictures, { numbers, extended, asked, closed, year }) {
	const clerk = await site.as('clerk');
	const look = (what, hands = clerk, heading) => pictures.take(hands, what, heading);
	await lists(clerk, look, numbers);
	await intake(clerk, look, asked);
	await consult(site, clerk, look, numbers[0]);
	await deliver(clerk, look, extended);
	await rooms(site, clerk, look, year);
	const signer = await site.as('signer');
	await officer.find(signer, closed);
	await signer.follow('更正登记');
	await look('amend', signer);
}
