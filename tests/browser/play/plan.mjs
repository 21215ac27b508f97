// plan.mjs - one play for each line of table 三, in both forms: what is asked, by whom, what happens on the way,
// and how it ends. Lines are named by their keys in src/statistics/form.h; everything else is what pages print.

const CLASSES = {
	natural_person: '自然人', commercial_enterprise: '商业企业', research_institution: '科研机构',
	public_welfare_org: '社会公益组织', legal_service_org: '法律服务机构', other_org: '其他',
};
export const COLUMNS = Object.keys(CLASSES);
export const classLabel = (column) => CLASSES[column];

/* How each decision is named on the page where it is chosen, and what its letter must say. d: the days of the site. */
const DECISIONS = {
	give: ['予以公开', () => ({ '提供的形式': '纸质复印件', '页数': '3' })],
	public_already: ['予以公开：已经主动公开', () => ({ '获取途径': '示例区政府网站“规划计划”栏目' })],
	part: ['部分公开', () => ({ '公开的部分': '方案正文', '不公开的部分': '第3页的住址', '不公开的理由': '属于他人的个人信息', '不公开的条款': '第十五条' })],
	no_secret: ['不予公开：属于国家秘密', () => ({ '密级': '秘密', '定密依据': '示例保密事项范围第1项（样例）' })],
	no_law: ['不予公开：法律、行政法规禁止公开', () => ({ '禁止公开的法律、行政法规': '示例法（样例）', '条款': '第九条' })],
	no_danger: ['不予公开：危及“三安全一稳定”', () => ({ '危及什么': '公共安全', '为什么': '公开后会暴露重点部位的防护安排。' })],
	no_third: ['不予公开：保护第三方合法权益', (d) => ({ '涉及的权益': '商业秘密', '征求意见的日期': d.first, '收到意见的日期': d.second, '第三方的意见和理由': '报价明细是商业秘密，不同意公开。' })],
	no_internal: ['不予公开：属于内部事务信息', () => ({ '哪一类内部事务': '后勤管理' })],
	no_process: ['不予公开：属于过程性信息', () => ({ '哪一类过程性信息': '讨论记录' })],
	no_file: ['不予公开：属于行政执法案卷信息', () => ({ '案卷名称': '示例处罚案卷（样例）' })],
	inquiry: ['不予公开：属于行政查询事项', () => ({ '属于什么登记资料': '不动产登记资料', '特别规定': '《不动产登记暂行条例》第二十七条', '办理机构': '示例区不动产登记中心（样例）' })],
	not_ours: ['无法提供：不属于本行政机关负责公开', () => ({ '为什么不属于本机关负责公开': '该信息由其他机关制作。', '负责公开的机关': '示例市气象局（样例）' })],
	not_exist: ['无法提供：政府信息不存在', (d) => ({ '检索范围': '公文系统、档案室', '检索关键词': '旧桥 改造', '检索起止时间': `${d.first}至${d.second}`, '谁检索的': '经办人甲' })],
	needs_work: ['无法提供：没有现成信息，需要加工、分析', () => ({ '现有哪些信息': '各年度的单项统计表。', '需要怎样加工、分析': '逐户汇总并重新分类。' })],
	still_unclear: ['无法提供：补正后申请内容仍不明确', (d) => ({ '补正告知日期': d.first, '收到补正的日期': d.second, '为什么仍不明确': '没有写明哪一年、哪一份文件。' })],
	petition: ['不予处理：信访、投诉、举报类申请', () => ({ '实际从事的活动': '投诉', '可以通过什么渠道提出': '示例区信访局（样例）' })],
	repeat: ['不予处理：不予重复处理', (d) => ({ '前次答复日期': d.before, '前次答复文号': '示例公开答〔样例〕1号' })],
	publication: ['不予处理：要求提供公开出版物', () => ({ '获取途径': '《示例区年鉴》，区图书馆可以查阅' })],
	excessive: ['不予处理：无正当理由大量反复申请', (d) => ({ '申请件数': '43', '统计起日': d.before, '统计止日': d.first, '申请人说明的理由': '想多了解一些。', '为什么不合理': '同类申请已经多次答复。' })],
	reconfirm: ['不予处理：要求确认或者重新出具已获取信息', (d) => ({ '申请人获取该信息的日期': d.before, '获取的方式': '当面领取' })],
};

const play = (row, column, decision, asked, more = {}) => {
	const [label, facts] = DECISIONS[decision] ?? [];
	return { row, column, asked, decision: label, facts, ...more };
};

/* What an applicant whose request is not clear is asked, and answers. */
const correction = { points: '请写明文件的年份。\n请写明文件的名称。', guidance: '可以在区政府网站的目录中查到文件名称。', answer: '是去年的那一份。' };

/* The form of 2019 and 2020: one line for everything else. */
export const FORM_A = {
	year: 2020, days: { saturday: '2019-12-21', before: '2019-12-23', first: '2020-01-06', second: '2020-01-14', late: '2020-03-02', winter: '2020-12-21', end: '2021-01-05' },
	plays: [
		play('granted', 'natural_person', 'public_already', '示例区国土空间规划文本', { carriedIn: true, service: 'web', reads: '政府信息公开申请答复书' }),
		play('partly_granted', 'commercial_enterprise', 'part', '示例路口改造方案', { redact: true }),
		play('denied_state_secret', 'research_institution', 'no_secret', '示例区应急物资储备底数'),
		play('denied_law_forbids', 'public_welfare_org', 'no_law', '示例调查的单户原始报表'),
		play('denied_three_securities', 'legal_service_org', 'no_danger', '示例水厂的防护图纸'),
		play('denied_third_party', 'other_org', 'no_third', '示例公司投标文件中的报价明细', { inquiry: true }),
		play('denied_internal_affairs', 'natural_person', 'no_internal', '示例局公务用车排班表', { service: 'post' }),
		play('denied_process_info', 'commercial_enterprise', 'no_process', '示例项目的会议讨论记录', { extension: true }),
		play('denied_enforcement_file', 'research_institution', 'no_file', '示例处罚案件的全部材料'),
		play('denied_admin_inquiry', 'public_welfare_org', 'inquiry', '示例路1号的不动产登记资料'),
		play('unable_not_held', 'legal_service_org', 'not_ours', '示例市三年来的逐日气温'),
		play('unable_needs_creation', 'other_org', 'needs_work', '示例区历年绿化面积分类汇总'),
		play('unable_still_unclear', 'natural_person', 'still_unclear', '有关的那份文件', { correction }),
		play('not_processed_petition', 'natural_person', 'petition', '请查处示例路的噪声并公开结果', { aid: true }),
		play('not_processed_repeat', 'commercial_enterprise', 'repeat', '示例片区征收决定（再次申请）'),
		play('not_processed_publication', 'research_institution', 'publication', '示例区年鉴全文'),
		play('not_processed_excessive', 'natural_person', 'excessive', '示例街道全部会议通知', { reasons: '想多了解一些。' }),
		play('not_processed_confirm', 'legal_service_org', 'reconfirm', '请确认此前提供的批复是真实的'),
		play('other_handling', 'other_org', null, '关于桥的材料', { correction: { ...correction, answer: null }, close: '逾期不补正，不再处理' }),
	],
	left: { column: 'other_org', asked: '示例区明年的集市安排' },
};

/* The form from 2021 on: what is left undone by the applicant has lines of its own. */
export const FORM_B = {
	year: 2025, early: true, tour: true, days: { saturday: '2024-12-21', before: '2024-12-23', first: '2025-01-06', second: '2025-01-14', late: '2025-03-03', winter: '2025-12-22', end: '2026-01-06' },
	plays: [
		play('granted', 'commercial_enterprise', 'give', '示例片区停车场规划的批复', { carriedIn: true, enclose: true, script: true }),
		play('partly_granted', 'natural_person', 'part', '示例小区加装电梯方案', { redact: true, keys: true, service: 'post', reads: '政府信息公开申请答复书' }),
		play('denied_state_secret', 'public_welfare_org', 'no_secret', '示例区人防工程布点', { script: true }),
		play('denied_law_forbids', 'legal_service_org', 'no_law', '示例普查的个体原始登记表'),
		play('denied_three_securities', 'other_org', 'no_danger', '示例变电站的巡查路线', { script: true }),
		play('denied_third_party', 'research_institution', 'no_third', '示例公司采购合同的单价表', { inquiry: true, script: true }),
		play('denied_internal_affairs', 'commercial_enterprise', 'no_internal', '示例局内部考勤流程'),
		play('denied_process_info', 'natural_person', 'no_process', '示例方案的征求意见往来信函', { extension: true, script: true }),
		play('denied_enforcement_file', 'other_org', 'no_file', '示例执法案件的询问笔录'),
		play('denied_admin_inquiry', 'legal_service_org', 'inquiry', '示例公司的登记档案', { script: true }),
		play('unable_not_held', 'research_institution', 'not_exist', '示例旧桥改造的图纸', { transfer: true }),
		play('unable_needs_creation', 'public_welfare_org', 'needs_work', '示例区分行业用水的逐月比较', { split: 'not_processed_confirm' }),
		play('unable_still_unclear', 'commercial_enterprise', 'still_unclear', '那个项目的材料', { correction, script: true }),
		play('not_processed_petition', 'other_org', 'petition', '请处理示例市场的占道并公开结果', { script: true }),
		play('not_processed_repeat', 'natural_person', 'repeat', '示例道路命名文件（再次申请）'),
		play('not_processed_publication', 'legal_service_org', 'publication', '示例区公报合订本', { aid: true, script: true }),
		play('not_processed_excessive', 'natural_person', 'excessive', '示例局全部收文目录', { reasons: '想多了解一些。', script: true }),
		play('not_processed_confirm', 'public_welfare_org', 'reconfirm', '请在此前提供的通知上重新盖章', { ofSplit: true }),
		play('other_overdue_correction', 'natural_person', null, '关于路的材料', { correction: { ...correction, answer: null }, close: '逾期不补正，不再处理', script: true }),
		play('other_overdue_fee', 'natural_person', null, '示例局十年来全部文件的复印件', { fee: true, close: '逾期未缴费，不再处理' }),
		play('other_rest', 'research_institution', null, '示例区公交线路调整方案', { withdraw: true, script: true }),
	],
	left: { column: 'legal_service_org', asked: '示例区明年的灯会安排' },
};
