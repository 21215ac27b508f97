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
const AXE = require.resolve("axe-core/axe.min.js");
const MODES = ["plain", "elder", "contrast", "dark"];
const CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update", "--disable-sync"];
/* What the program sends with every page. */
const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

const { values: options, positionals: words } = parseArgs({
	allowPositionals: true,
	options: {
		gallery: { type: "string" }, serve: { type: "string" }, url: { type: "string" }, pages: { type: "string" },
		pictures: { type: "string" }, cookie: { type: "string" }, chromium: { type: "string", default: "/usr/bin/chromium" },
	},
});

/* ---- TAP */

let passed = 0, failed = 0;

function report(name, faults) {
	if (faults.length === 0) {
		passed++;
		console.log(`ok ${passed + failed} - ${name}`);
		return;
	}
	failed++;
	console.log(`not ok ${passed + failed} - ${name}`);
	for (const fault of faults.slice(0, 12)) console.log(`# ${fault}`);
	if (faults.length > 12) console.log(`# and ${faults.length - 12} more`);
}

/* An exception is a failure of its check, not the end of the run. */
async function check(name, look) {
	if (words.length > 0 && !words.some((word) => name.includes(word))) return;
	try {
		report(name, await look());
	} catch (error) {
		report(name, [String(error.message).split("\n")[0]]);
	}
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

async function galleryPages() {
	const server = await serveFolder(options.gallery);
	const base = `http://127.0.0.1:${server.address().port}`;
	const names = (await readdir(join(options.gallery, "plain"))).map((file) => file.replace(".html", ""));
	const pages = names.sort().map((name) => ({ name, url: (mode) => `${base}/${mode}/${name}.html` }));
	return { pages, close: () => server.close() };
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

/* A line of the list: a path, and perhaps the status it must have: "/nowhere 404". */
async function serverPages() {
	const child = options.serve ? spawn("/bin/sh", ["-c", `exec ${options.serve}`], { stdio: ["ignore", "ignore", "inherit"] }) : null;
	await waitFor(options.url, child);
	const lines = (await readFile(options.pages, "utf8")).split("\n").map((line) => line.trim());
	const pages = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => {
		const [path, status] = line.split(/\s+/);
		return {
			name: path, status: Number(status ?? 200),
			url: (mode) => `${options.url}${path}${path.includes("?") ? "&" : "?"}mode=${mode}`,
		};
	});
	return { pages, close: () => child?.kill("SIGTERM") };
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
	await page.evaluate(await readFile(AXE, "utf8")); /* by the debugger, so the page's policy does not stop it */
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

/* Tab from the top to the end: every visible control once, in the order of the page, each showing its focus. */
async function keyboardFaults(page) {
	const want = await page.evaluate(() => {
		const selector = "a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary, [tabindex='0']";
		const seen = (e) => e.checkVisibility({ visibilityProperty: true }); /* not what a closed <details> holds */
		const firstOfRadios = (e) => e.type !== "radio" || (document.querySelector(`input[name="${e.name}"]:checked`) ?? document.querySelector(`input[name="${e.name}"]`)) === e;
		const list = [...document.querySelectorAll(selector)].filter((e) => seen(e) && firstOfRadios(e));
		list.forEach((e, i) => { e.dataset.tabOrder = String(i); });
		document.body.tabIndex = -1; /* Tab starts where the focus was last: put it at the top */
		document.body.focus();
		document.body.removeAttribute("tabindex");
		return list.length;
	});
	const faults = [];
	let last = -1;
	for (let presses = 0; presses < want * 4 + 20 && last < want - 1; presses++) {
		await page.keyboard.press("Tab");
		const at = await page.evaluate(() => {
			const e = document.activeElement;
			const style = getComputedStyle(e);
			const parts = [style, getComputedStyle(e, "::before")];
			const shown = parts.some((s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none")
				|| (e.nextElementSibling && getComputedStyle(e.nextElementSibling, "::before").boxShadow !== "none");
			return { order: e.dataset?.tabOrder, tag: `${e.tagName.toLowerCase()} “${(e.textContent || e.name || "").trim().slice(0, 20)}”`, shown };
		});
		if (at.order === undefined) continue; /* inside a date field, or between two controls of the browser */
		const order = Number(at.order);
		if (order !== last && order !== last + 1) faults.push(`Tab went from control ${last} to ${order} (${at.tag})`);
		if (!at.shown) faults.push(`${at.tag} does not show that it has the focus`);
		last = order;
	}
	if (last !== want - 1) faults.push(`Tab reached ${last + 1} of ${want} controls`);
	return faults;
}

/* A page to look at, with what it complained about while it loaded. */
async function open(browser, url, { width = 1280, script = true, status = 200 } = {}) {
	const context = await browser.newContext({ locale: "zh-CN", viewport: { width, height: 900 }, javaScriptEnabled: script });
	for (const pair of options.cookie?.split("; ") ?? []) {
		const [name, ...value] = pair.split("=");
		await context.addCookies([{ name, value: value.join("="), url: options.url ?? url }]);
	}
	const page = await context.newPage();
	const complaints = [];
	page.on("console", (message) => { if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`); });
	page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
	const answer = await page.goto(url, { waitUntil: "load" });
	if (answer.status() !== status) complaints.push(`status ${answer.status()}, not ${status}`);
	else if (status !== 200) complaints.length = 0; /* Chromium names a wanted 404 an error */
	return { page, answer, complaints, close: () => context.close() };
}

async function picture(page, name) {
	if (!options.pictures) return;
	await mkdir(options.pictures, { recursive: true });
	await page.screenshot({ path: join(options.pictures, `${name.replace(/[^\w.-]+/g, "_")}.png`), fullPage: true });
}

async function lookAt(browser, target) {
	for (const mode of MODES) {
		const it = await open(browser, target.url(mode), { status: target.status });
		const name = `${target.name} ${mode}`;
		await check(`${name}: loads without complaint`, async () => it.complaints);
		if (mode === "plain") await check(`${name}: raw body is valid HTML`, async () => validBody(await it.answer.text()));
		await check(`${name}: axe`, () => axeFaults(it.page));
		await check(`${name}: targets`, () => targetFaults(it.page, mode));
		await picture(it.page, `${name} 1280`);
		if (mode === "plain" || mode === "contrast") await check(`${name}: keyboard`, () => keyboardFaults(it.page));
		await it.close();

		const small = await open(browser, target.url(mode), { width: 320, status: target.status });
		await check(`${name}: no sideways scroll at 320`, () => sidewaysFaults(small.page));
		if (mode === "plain" || mode === "elder") await check(`${name}: axe at 320`, () => axeFaults(small.page));
		await picture(small.page, `${name} 320`);
		await small.close();
	}
	const bare = await open(browser, target.url("plain"), { script: false, status: target.status });
	await check(`${target.name}: shows its heading without script`, async () =>
		(await bare.page.locator("h1").count()) === 1 ? [] : ["there is not exactly one <h1>"]);
	await bare.close();
}

const source = options.gallery ? await galleryPages() : await serverPages();
const browser = await chromium.launch({ executablePath: options.chromium, headless: true, args: CHROMIUM_FLAGS });
try {
	for (const target of source.pages) await lookAt(browser, target);
} finally {
	await browser.close();
	source.close();
}
console.log(`1..${passed + failed}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
