/*
 * run.mjs - looks at the site as people do: Chromium, axe, html-validate, the keyboard.
 *
 *   node tests/browser/run.mjs --gallery build/gallery [--pictures DIR] [WORD…]
 *   node tests/browser/run.mjs --serve 'build/gongkai demo --port 8099' --url http://127.0.0.1:8099 \
 *        --pages tests/browser/pages.txt [--pictures DIR] [--cookie 'name=value; name=value'] [WORD…]
 *
 * Every page is loaded in each mode: its raw body is validated as it was sent
 * (a parsed page has been repaired already), axe runs over it (WCAG 2.2 AA), it
 * must not scroll sideways at 320 pixels, its policy must not have been
 * broken, and every control must be reached by Tab, in order, and show it.
 * Once per page, without script too. WORDs choose the checks by name.
 * --lists FILE holds several at once: [{ pages, cookie, pictures }, …].
 * Prints TAP and "N passed, N failed"; exits 1 if one failed.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate";

const require = createRequire(import.meta.url);
const AXE = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const WIDE = { width: 1280, height: 900 }, NARROW = { width: 320, height: 900 };
const AT_ONCE = 4; /* pages: two cores, and each waits now and then */
const MODES = ["plain", "elder", "contrast", "dark"];
const CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update", "--disable-sync"];
/* What the program sends with every page. */
const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

const { values: options, positionals: words } = parseArgs({
	allowPositionals: true,
	options: {
		gallery: { type: "string" }, serve: { type: "string" }, url: { type: "string" }, pages: { type: "string" }, lists: { type: "string" },
		pictures: { type: "string" }, cookie: { type: "string" }, chromium: { type: "string", default: "/usr/bin/chromium" },
	},
});

/* ---- TAP: the pages are looked at several at a time, and each is told in one piece */

let passed = 0, failed = 0;

function report(lines, name, faults) {
	if (faults.length === 0) passed++;
	else failed++;
	lines.push(`${faults.length === 0 ? "ok" : "not ok"} ${passed + failed} - ${name}`);
	for (const fault of faults.slice(0, 12)) lines.push(`# ${fault}`);
	if (faults.length > 12) lines.push(`# and ${faults.length - 12} more`);
}

/* An exception is a failure of its check, not the end of the run. */
async function checkNow(lines, name, look) {
	if (words.length > 0 && !words.some((word) => name.includes(word))) return;
	let faults;
	try {
		faults = await look();
	} catch (error) {
		faults = [String(error.message).split("\n")[0]];
	}
	report(lines, name, faults);
}

/* ---- what is looked at */

function serveFolder(folder) {
	const server = createServer(async (request, answer) => {
		const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
		try {
			const body = await readFile(join(folder, path));
			answer.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream", "Content-Security-Policy": POLICY });
			answer.end(body);
		} catch {
			answer.writeHead(404).end();
		}
	});
	return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function galleryList() {
	const server = await serveFolder(options.gallery);
	const base = `http://127.0.0.1:${server.address().port}`;
	const names = (await readdir(join(options.gallery, "plain"))).map((file) => file.replace(".html", ""));
	const pages = names.sort().map((name) => ({ name, url: (mode) => `${base}/${mode}/${name}.html` }));
	return { lists: [{ base, pages, pictures: options.pictures }], close: () => server.close() };
}

async function waitFor(url, child) {
	for (let tries = 0; tries < 300; tries++) {
		if (child && child.exitCode !== null) throw new Error(`the server ended with status ${child.exitCode}`);
		try {
			await fetch(url, { redirect: "manual" });
			return;
		} catch {
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
	throw new Error(`no answer from ${url}`);
}

/* A line of a list: a path, and perhaps the status it must have: "/nowhere 404". */
async function serverList({ pages: file, cookie, pictures }) {
	const lines = (await readFile(file, "utf8")).split("\n").map((line) => line.trim());
	const pages = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => {
		const [path, status] = line.split(/\s+/);
		return {
			name: path, status: Number(status ?? 200),
			url: (mode) => `${options.url}${path}${path.includes("?") ? "&" : "?"}mode=${mode}`,
		};
	});
	return { base: options.url, pages, cookie, pictures };
}

async function serverLists() {
	const child = options.serve ? spawn("/bin/sh", ["-c", `exec ${options.serve}`], { stdio: ["ignore", "ignore", "inherit"] }) : null;
	await waitFor(options.url, child);
	const given = options.lists ? JSON.parse(await readFile(options.lists, "utf8")) : [options];
	return { lists: await Promise.all(given.map(serverList)), close: () => child?.kill("SIGTERM") };
}

/* ---- the looks */

const validator = new HtmlValidate({
	root: true,
	extends: ["html-validate:recommended"],
	rules: {
		"long-title": "off", /* titles of official documents are long */
		"tel-non-breaking": "off",
		/* checkboxes of one question send one name, several times */
		"form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
		"no-inline-style": "error",
		"require-csp-nonce": "off", /* the policy allows no inline script at all */
		"require-sri": "off", /* everything is served by the site itself */
	},
});

/* A list carried along: every control of the name is hidden. The rule has no word for that. */
function isHiddenList(text, message) {
	const name = /form control name "([^"]+)"/.exec(message.message)?.[1];
	const tags = (text.match(/<(input|select|textarea|button)\b[^>]*>/g) ?? []).filter((tag) => tag.includes(` name="${name}"`));
	return message.ruleId === "form-dup-name" && tags.length > 0 && tags.every((tag) => tag.includes(' type="hidden"'));
}

async function validBody(text) {
	const answer = await validator.validateString(text);
	return answer.results.flatMap((result) => result.messages).filter((m) => !isHiddenList(text, m)).map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
}

async function axeFaults(page) {
	/* By the debugger, so the page's policy does not stop it; once for a page. */
	if (!await page.evaluate(() => typeof window.axe?.run === "function")) await page.evaluate(AXE);
	const answer = await page.evaluate(() => window.axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
		resultTypes: ["violations"],
	}));
	return answer.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")} ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? v.help}`));
}

async function sidewaysFaults(page) {
	const { wide, width, culprits } = await page.evaluate(() => {
		const width = document.documentElement.clientWidth;
		const inScroller = (e) => e.closest(".gk-scroll") !== null;
		const culprits = [...document.querySelectorAll("body *")]
			.filter((e) => !inScroller(e) && e.getBoundingClientRect().right > width + 1 && getComputedStyle(e).position !== "absolute")
			.map((e) => `${e.tagName.toLowerCase()}.${e.className} reaches ${Math.round(e.getBoundingClientRect().right)}`);
		return { wide: document.documentElement.scrollWidth, width, culprits };
	});
	return wide > width ? [`the page is ${wide} wide on a screen of ${width}`, ...culprits] : [];
}

/* What scrolls sideways inside the page must say so: on a phone nobody sees a scroll bar. */
async function unsaidFaults(page) {
	await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
	return page.evaluate(() => [...document.querySelectorAll(".gk-scroll")]
		.filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e, "::before").content === "none")
		.map((e) => `“${e.getAttribute("aria-label")}” is ${e.scrollWidth} wide in ${e.clientWidth} and does not say so`));
}

/* Where a page offers references for a text, the first of them is put where the writer was. */
async function insertFaults(page) {
	const box = page.locator("[data-insert]").first();
	if (!await box.count()) return [];
	const area = page.locator(`#${await box.getAttribute("data-insert")}`);
	if (!await area.count()) return []; /* the text is not to be changed now */
	const before = await area.inputValue(), code = await box.locator("code").first().textContent();
	await area.evaluate((e) => e.setSelectionRange(1, 1));
	await box.locator("button").first().click();
	const after = await area.inputValue();
	await area.evaluate((e, text) => { e.value = text; delete e.form.dataset.changed; }, before);
	return after === before.slice(0, 1) + code + before.slice(1) ? [] : [`“${code}” came to “${after.slice(0, 80)}”`];
}

/* Main controls: 44 pixels, 60 in the elder version (适老化). */
async function targetFaults(page, mode) {
	const least = mode === "elder" ? 60 : 44;
	return page.evaluate((least) => {
		const controls = ".govuk-button, .govuk-input, .govuk-select, .govuk-textarea, .govuk-file-upload, .gk-nav a, .gk-nav summary, .gk-pager__link, .gk-strip__links a, .gk-strip__links button, .govuk-radios__input, .govuk-checkboxes__input";
		return [...document.querySelectorAll(controls)]
			.filter((e) => e.getClientRects().length > 0 && e.getBoundingClientRect().height < least - 0.5)
			.map((e) => `${e.tagName.toLowerCase()}.${e.className} is ${e.getBoundingClientRect().height.toFixed(1)} high, not ${least}`);
	}, least);
}

/* In the page: numbers the controls that Tab must reach, notes what gets the focus, and says how many they are. */
function watchFocus() {
	const selector = "a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary, [tabindex='0']";
	const seen = (e) => e.checkVisibility({ visibilityProperty: true }); /* not what a closed <details> holds */
	const firstOfRadios = (e) => e.type !== "radio" || (document.querySelector(`input[name="${e.name}"]:checked`) ?? document.querySelector(`input[name="${e.name}"]`)) === e;
	const list = [...document.querySelectorAll(selector)].filter((e) => seen(e) && firstOfRadios(e));
	list.forEach((e, i) => { e.dataset.tabOrder = String(i); });
	document.body.tabIndex = -1; /* Tab starts where the focus was last: put it at the top */
	document.body.focus();
	document.body.removeAttribute("tabindex");
	window.focusNotes = [];
	document.addEventListener("focusin", ({ target: e }) => {
		if (e.dataset?.tabOrder === undefined) return;
		const style = getComputedStyle(e);
		const parts = [style, getComputedStyle(e, "::before")];
		const shown = parts.some((s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none")
			|| (e.nextElementSibling && getComputedStyle(e.nextElementSibling, "::before").boxShadow !== "none");
		window.focusNotes.push({ order: Number(e.dataset.tabOrder), tag: `${e.tagName.toLowerCase()} “${(e.textContent || e.name || "").trim().slice(0, 20)}”`, shown: Boolean(shown) });
	}, true);
	return list.length;
}

/*
 * Tab from the top to the end: every visible control once, in the order of the page, each showing its focus.
 * The page itself notes what gets it: to ask after each press costs more than to press.
 */
async function keyboardFaults(page) {
	const want = await page.evaluate(watchFocus);
	const faults = [];
	let last = -1;
	for (let presses = 0; presses < want * 4 + 20 && last < want - 1;) {
		/* Some presses stay inside a date field, or go between two controls of the browser. */
		for (const least = presses + want - 1 - last; presses < least; presses++) await page.keyboard.press("Tab");
		for (const at of await page.evaluate(() => window.focusNotes.splice(0))) {
			if (last >= want - 1) break;
			if (at.order !== last && at.order !== last + 1) faults.push(`Tab went from control ${last} to ${at.order} (${at.tag})`);
			if (!at.shown) faults.push(`${at.tag} does not show that it has the focus`);
			last = at.order;
		}
	}
	if (last !== want - 1) faults.push(`Tab reached ${last + 1} of ${want} controls`);
	return faults;
}

/* A window of its own, with what its page complained about while it loaded. */
async function open(browser, list, { script = true } = {}) {
	const context = await browser.newContext({ locale: "zh-CN", viewport: WIDE, javaScriptEnabled: script });
	for (const pair of list.cookie?.split("; ") ?? []) {
		const [name, ...value] = pair.split("=");
		await context.addCookies([{ name, value: value.join("="), url: list.base }]);
	}
	const page = await context.newPage();
	const it = { page, complaints: [], close: () => context.close() };
	page.on("console", (message) => { if (["error", "warning"].includes(message.type())) it.complaints.push(`console: ${message.text()}`); });
	page.on("pageerror", (error) => it.complaints.push(`script: ${error.message}`));
	it.load = async (url, status = 200) => {
		it.complaints = [];
		it.answer = await page.goto(url, { waitUntil: "load" });
		if (it.answer.status() !== status) it.complaints.push(`status ${it.answer.status()}, not ${status}`);
		else if (status !== 200) it.complaints = []; /* Chromium names a wanted 404 an error */
	};
	return it;
}

async function picture(page, list, name) {
	if (!list.pictures) return;
	await mkdir(list.pictures, { recursive: true });
	await page.screenshot({ path: join(list.pictures, `${name.replace(/[^\w.-]+/g, "_")}.png`), fullPage: true });
}

/* One page in one mode, loaded once: wide, narrow, and wide again for the keyboard. */
async function lookInMode({ check, it, list, target, mode }) {
	const name = `${target.name} ${mode}`;
	await it.page.setViewportSize(WIDE);
	await it.load(target.url(mode), target.status);
	const complaints = it.complaints;
	await check(`${name}: loads without complaint`, async () => complaints);
	if (mode === "plain") await check(`${name}: raw body is valid HTML`, async () => validBody(await it.answer.text()));
	await check(`${name}: axe`, () => axeFaults(it.page));
	await check(`${name}: targets`, () => targetFaults(it.page, mode));
	await picture(it.page, list, `${name} 1280`);

	await it.page.setViewportSize(NARROW);
	await check(`${name}: a table that goes on beyond the edge says so`, () => unsaidFaults(it.page));
	await check(`${name}: no sideways scroll at 320`, () => sidewaysFaults(it.page));
	if (mode === "plain" || mode === "elder") await check(`${name}: axe at 320`, () => axeFaults(it.page));
	await picture(it.page, list, `${name} 320`);
	if (mode === "plain") await check(`${name}: a reference goes into its text by a click`, () => insertFaults(it.page));
	if (mode !== "plain" && mode !== "contrast") return;
	await it.page.setViewportSize(WIDE);
	await check(`${name}: keyboard`, () => keyboardFaults(it.page));
}

async function lookAt(browser, { list, target }, lines) {
	const check = (name, look) => checkNow(lines, name, look);
	const it = await open(browser, list);
	try {
		for (const mode of MODES) await lookInMode({ check, it, list, target, mode });
	} finally {
		await it.close();
	}
	const bare = await open(browser, list, { script: false });
	try {
		await bare.load(target.url("plain"), target.status);
		await check(`${target.name}: shows its heading without script`, async () =>
			(await bare.page.locator("h1").count()) === 1 ? [] : ["there is not exactly one <h1>"]);
	} finally {
		await bare.close();
	}
}

/* Takes page after page until there is none; one that cannot be looked at has failed. */
async function work(browser, jobs) {
	for (let job = jobs.shift(); job; job = jobs.shift()) {
		const lines = [];
		try {
			await lookAt(browser, job, lines);
		} catch (error) {
			report(lines, `${job.target.name}: is looked at to the end`, [error.stack]);
		}
		console.log(lines.join("\n"));
	}
}

const source = options.gallery ? await galleryList() : await serverLists();
const browser = await chromium.launch({ executablePath: options.chromium, headless: true, args: CHROMIUM_FLAGS });
try {
	const jobs = source.lists.flatMap((list) => list.pages.map((target) => ({ list, target })));
	await Promise.all(Array.from({ length: AT_ONCE }, () => work(browser, jobs)));
} finally {
	await browser.close();
	source.close();
}
console.log(`1..${passed + failed}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
