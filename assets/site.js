/*
 * site.js - small comforts. Every page works without it.
 *
 * - the error summary takes the focus when a form comes back;
 * - a textarea says how many characters are left;
 * - a form is sent once, however often its button is pressed;
 * - <div data-insert="ID"> puts its references into the textarea ID by a click;
 * - a table wider than the screen says that it can be moved;
 * - <form data-swap="results"> fetches its list instead of the whole page;
 * - <form data-guard="yes"> asks before changes are lost.
 */
"use strict";

(function () {
	const summary = document.querySelector("[data-focus]");
	if (summary) summary.focus();

	function countLeft(area) {
		const note = document.getElementById(area.id + "-count");
		const max = Number(area.dataset.count);
		if (!note || !max) return;
		const show = function () {
			const left = max - Array.from(area.value).length;
			note.textContent = left >= 0 ? "还可输入 " + left + " 字" : "超出 " + -left + " 字，请删减";
			note.classList.toggle("gk-count--over", left < 0);
		};
		area.addEventListener("input", show);
		show();
	}
	document.querySelectorAll("textarea[data-count]").forEach(countLeft);

	let leavingByForm = false;
	document.addEventListener("submit", function (event) {
		const form = event.target;
		if (event.defaultPrevented || form.method !== "post") return;
		if (form.dataset.sent) {
			event.preventDefault();
			return;
		}
		form.dataset.sent = "yes";
		leavingByForm = true;
		setTimeout(function () { delete form.dataset.sent; }, 8000);
	});

	const guarded = document.querySelectorAll("form[data-guard]");
	guarded.forEach(function (form) {
		form.addEventListener("input", function () { form.dataset.changed = "yes"; });
	});
	if (guarded.length > 0) {
		window.addEventListener("beforeunload", function (event) {
			if (!leavingByForm && document.querySelector("form[data-changed]")) event.preventDefault();
		});
	}

	/* A reference goes into the text by a click, where the writer was. */
	document.querySelectorAll("[data-insert]").forEach(function (box) {
		const area = document.getElementById(box.dataset.insert);
		if (!area) return;
		box.querySelectorAll("td code, th code").forEach(function (code) {
			const button = document.createElement("button");
			button.type = "button";
			button.className = "gk-linkbutton gk-insert";
			button.textContent = "插入";
			button.setAttribute("aria-label", "插入" + code.closest("tr").querySelector("th").firstChild.textContent.trim());
			button.addEventListener("click", function () {
				area.setRangeText(code.textContent, area.selectionStart, area.selectionEnd, "end");
				area.dispatchEvent(new Event("input", { bubbles: true }));
				area.focus();
			});
			code.after(" ", button);
		});
	});

	/* A table that goes on beyond the edge says so. */
	function markScrollers() {
		document.querySelectorAll(".gk-scroll").forEach(function (box) {
			box.classList.toggle("gk-scroll--more", box.scrollWidth > box.clientWidth + 1);
		});
	}
	markScrollers();
	window.addEventListener("resize", markScrollers);

	/* A page fetched later is whole; only the element named by data-swap is taken from it. */
	async function swap(url, id, remember) {
		const old = document.getElementById(id);
		old.setAttribute("aria-busy", "true");
		const answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		const fresh = page.getElementById(id);
		if (!answer.ok || !fresh) {
			location.assign(url);
			return;
		}
		old.replaceWith(fresh);
		markScrollers();
		document.title = page.title;
		if (remember) history.pushState({ swap: id }, "", url);
	}
	document.querySelectorAll("form[data-swap]").forEach(function (form) {
		const id = form.dataset.swap;
		if (!document.getElementById(id)) return;
		form.addEventListener("submit", function (event) {
			const url = new URL(form.action);
			url.search = new URLSearchParams(new FormData(form, event.submitter)).toString();
			event.preventDefault();
			swap(url.href, id, true).catch(function () { location.assign(url.href); });
		});
		window.addEventListener("popstate", function () {
			swap(location.href, id, false).catch(function () { location.reload(); });
		});
	});
})();
