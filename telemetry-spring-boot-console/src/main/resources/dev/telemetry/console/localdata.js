// What is stored here: the local log, receipts, the export, and how to erase it all.

import { endpoint, readReceipts } from './api.js';
import { code, details, element, section, table, visible } from './dom.js';
import { number, text, time } from './text.js';

const ROWS = 100;

/** The local log, the newest first. */
export class LocalLog {

	/** @param {() => void} refresh reads the log again */
	constructor(refresh) {
		/** @type {any[]} */
		this.events = [];
		this.shown = ROWS;
		this.filter = /** @type {HTMLSelectElement} */ (element('select', { id: 'log-filter' }));
		this.filter.addEventListener('change', () => {
			this.shown = ROWS;
			this.list();
		});
		this.note = element('p', { role: 'status' });
		this.rows = element('div');
		this.label = element('label', { for: 'log-filter' }, text.filter);
		this.section = section('log', text.log, this.note, this.label, this.filter, this.rows,
			element('p', {}, element('button', { type: 'button', class: 'quiet', click: refresh }, text.refresh)));
	}

	/** @param {any} page the newest events, the oldest of them first, or null when they cannot be read */
	show(page) {
		this.events = [...(page?.events ?? [])].reverse();
		const chosen = this.filter.value;
		const names = [...new Set(this.events.map((event) => String(event.name)))].sort();
		this.filter.replaceChildren(element('option', { value: '' }, text.all), ...names.map((name) =>
			element('option', { value: name, selected: name === chosen }, visible(name))));
		this.label.hidden = this.filter.hidden = this.events.length === 0;
		this.note.textContent = (page === null) ? text.logUnreadable
			: (this.events.length === 0) ? text.logEmpty : text.logNewest(number(this.events.length));
		if (page?.skipped > 0) {
			this.note.textContent += ' ' + text.logSkipped(number(page.skipped));
		}
		this.list();
	}

	list() {
		const found = this.events.filter((event) => this.filter.value === '' || String(event.name) === this.filter.value);
		if (found.length === 0) {
			this.rows.replaceChildren();
			return;
		}
		this.rows.replaceChildren(
			table(text.log, [text.time, text.event, text.attributes.replace(/:$/, '')], found.slice(0, this.shown)
				.map((event) => [time(event.timestamp_utc), code(event.name), attributes(event.attrs)])),
			...(found.length > this.shown ? [element('p', {}, element('button', { type: 'button', class: 'quiet', click: () => {
				this.shown += ROWS;
				this.list();
			} }, text.more))] : []));
	}

}

/** @param {Record<string, unknown>} attrs */
function attributes(attrs) {
	return element('span', {}, Object.entries(attrs ?? {}).map(([name, value], index) =>
		[(index === 0) ? '' : ', ', code(name + '=' + value)]).flat());
}

/**
 * Receipts, read when they are opened.
 * @returns {HTMLElement}
 */
export function receiptsSection() {
	const content = element('div');
	const opening = details(text.receiptsShow, content);
	opening.addEventListener('toggle', async () => {
		if (/** @type {HTMLDetailsElement} */ (opening).open) {
			content.replaceChildren(...receipts(await readReceipts()));
		}
	});
	return section('receipts', text.receipts, opening);
}

/** @param {any} document */
function receipts(document) {
	if (document === null) {
		return [element('p', {}, text.receiptsFailed)];
	}
	const lines = document.receipts?.lines ?? [];
	if (lines.length === 0) {
		return [element('p', {}, text.receiptsNone)];
	}
	return [element('p', {}, document.receipts.intact ? text.receiptsIntact
		: text.receiptsBroken(document.receipts.firstBrokenLine)),
	table(text.receipts, [text.when, text.what, text.scope, text.by, text.hash], lines.map((/** @type {any} */ line) => [
		time(line.at), text.receiptKinds[line.event] ?? visible(line.event),
		visible(line.scope ?? text.none), visible(line.channel ?? ''), code(String(line.notice ?? '').slice(0, 19))]).reverse())];
}

/**
 * The export, and the reset behind a question.
 * @param {boolean} canWrite
 * @param {() => void} reset
 * @returns {HTMLElement}
 */
export function yoursSection(canWrite, reset) {
	const dialog = /** @type {HTMLDialogElement} */ (element('dialog', { 'aria-labelledby': 'reset-title' },
		element('article', {},
			element('h3', { id: 'reset-title' }, text.resetTitle),
			element('p', {}, text.resetWarning),
			element('div', { class: 'choices' },
				element('button', { type: 'button', class: 'choice', autofocus: true, click: () => dialog.close() }, text.cancel),
				element('button', { type: 'button', class: 'choice', click: () => {
					dialog.close();
					reset();
				} }, text.resetConfirm)))));
	return section('yours', text.yours,
		element('p', {}, text.exportIntroduction, ' ',
			element('a', { href: endpoint + '/export', download: 'telemetry-export.json' }, text.exportLink)),
		element('p', { id: 'reset-about' }, text.resetIntroduction),
		element('p', {}, element('button', { type: 'button', class: 'quiet', disabled: !canWrite,
			'aria-describedby': canWrite ? 'reset-about' : 'read-only', click: () => dialog.showModal() }, text.reset)),
		dialog);
}

/**
 * What a reset did, with no more than is known.
 * @param {any} answer
 * @returns {(HTMLElement | string)[]}
 */
export function resetOutcome(answer) {
	const { deletion, refused } = answer;
	return [
		...(refused ? [element('p', {}, text.resetIncomplete, ' ', visible(refused.reason))]
			: [element('p', {}, text.outcomes[deletion.outcome] ?? visible(deletion.outcome))]),
		...(deletion.note ? [element('p', {}, visible(deletion.note))] : []),
		...(deletion.link?.startsWith('mailto:') ? [element('p', {}, element('a', { href: deletion.link }, text.deletionLink))] : []),
		...(deletion.text ? [element('p', {}, element('strong', {}, text.deletionText)), element('pre', { tabindex: '0' }, visible(deletion.text))] : []),
		...(deletion.ids?.length > 0 ? [element('p', {}, element('strong', {}, text.deletionIds)),
			element('ul', {}, deletion.ids.map((/** @type {string} */ id) => element('li', {}, code(id))))] : []),
	];
}
