// What was sent: the requests of this process, with their bodies as they went over the wire.

import { endpoint, readText } from './api.js';
import { code, details, element, section, table, visible } from './dom.js';
import { number, text, time } from './text.js';

/** Requests, the newest first. */
export class SentLog {

	/** @param {() => void} refresh reads them again */
	constructor(refresh) {
		/** @type {Map<string, HTMLElement>} What is open stays open. */
		this.known = new Map();
		this.note = element('p', { role: 'status' });
		this.rows = element('div');
		this.section = section('sent', text.sent, element('p', {}, text.sentIntroduction), this.note, this.rows,
			element('p', {}, element('button', { type: 'button', class: 'quiet', click: refresh }, text.refresh)));
	}

	/** @param {any} page what the endpoint says, or null when it cannot be read */
	show(page) {
		const requests = page?.requests ?? [];
		this.note.replaceChildren(...note(page, requests));
		this.rows.replaceChildren(...((requests.length === 0) ? [] : [
			table(text.sent, [text.time, text.sink, text.sentAnswer, text.events, text.sentSize, text.sentHash],
				requests.map(row)),
			element('h3', {}, text.sentDetails),
			...this.details(requests),
		]));
	}

	/** @param {any[]} requests */
	details(requests) {
		const before = this.known;
		this.known = new Map(requests.map((sent) => [sent.id, before.get(sent.id) ?? request(sent)]));
		return this.known.values();
	}

	/** Whether the user is reading it, which must not be taken away. */
	get busy() {
		return this.rows.contains(document.activeElement);
	}

}

/**
 * @param {any} page
 * @param {any[]} requests
 * @returns {(Node | string)[]}
 */
function note(page, requests) {
	if (page === null) {
		return [text.sentUnreadable];
	}
	if (page.maxBytes === 0) {
		return [text.sentOff, ' ', code('telemetry.sent-log.max-size')];
	}
	return [(requests.length === 0) ? text.sentNone : text.sentNewest(number(requests.length)), ' ', text.sentSince, ' ', time(page.since),
		'. ', ...((page.forgotten > 0) ? [text.sentForgotten(number(page.forgotten))] : [])];
}

/** @param {any} sent */
function row(sent) {
	return [time(sent.time), code(sent.destination), answer(sent), number(sent.events),
		('size' in sent) ? number(sent.size) : text.sentUnknown, sent.sha256 ? code(sent.sha256.slice(0, 16) + '…') : text.sentUnknown];
}

/**
 * @param {any} sent
 * @returns {Node | string}
 */
function answer(sent) {
	return ('status' in sent) ? code(sent.status) : sent.failure ? visible(sent.failure) : sent.taken ? text.sentTaken : text.sentNoStatus;
}

/**
 * What there is to know of one request; its body is read when it is opened.
 * @param {any} sent
 * @returns {HTMLElement}
 */
function request(sent) {
	const content = element('div');
	const head = [sent.method, sent.path].filter((part) => part).join(' ');
	const opening = details(`${visible(sent.destination)} ${visible(sent.id)}`, element('dl', {},
		...fact(text.target, sent.target), ...fact(text.sentRequest, head), ...fact(text.sentHeaders, sent.headers.join(', ')),
		...fact(text.sentHash, sent.sha256)), element('p', {}, text.sentForms[sent.body] ?? visible(sent.body)), content);
	if (sent.body !== 'unseen' && sent.body !== 'not_kept') {
		opening.append(element('p', {}, element('a', { href: `${endpoint}/sent/${encodeURIComponent(sent.id)}`,
			download: `telemetry-${sent.id}.${FILES[sent.body] ?? 'bin'}` }, text.sentDownload)));
		opening.addEventListener('toggle', async () => {
			if (/** @type {HTMLDetailsElement} */ (opening).open && content.childElementCount === 0) {
				const body = await readText(`/sent/${encodeURIComponent(sent.id)}?form=decoded`);
				content.replaceChildren((body === null) ? element('p', {}, text.sentUnreadable)
					: element('pre', { tabindex: '0', 'aria-label': text.sentBody }, code(pretty(body))));
			}
		});
	}
	return opening;
}

/** @type {Record<string, string>} */
const FILES = { wire_gzip: 'gz', masked: 'json', masked_unzipped: 'json' };

/**
 * @param {string} name
 * @param {string | undefined} value
 */
function fact(name, value) {
	return value ? [element('dt', {}, name), element('dd', {}, code(value))] : [];
}

/** @param {string} json */
function pretty(json) {
	try {
		return JSON.stringify(JSON.parse(json), null, 2);
	}
	catch {
		return json;
	}
}
