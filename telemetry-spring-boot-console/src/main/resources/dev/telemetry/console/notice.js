// The notice: its sentences as the endpoint wrote them.

import { code, details, element, section, visible } from './dom.js';
import { text } from './text.js';

/**
 * The hosts that events would be sent to.
 * @param {any} view what the endpoint says of the notice
 * @returns {string[]}
 */
export function hosts(view) {
	const all = (view?.notice?.destinations ?? []).map((/** @type {any} */ to) => visible(to.host));
	return [...new Set(/** @type {string[]} */ (all))];
}

/**
 * @param {any} view what the endpoint says of the notice
 * @returns {HTMLElement}
 */
export function noticeSection(view) {
	if (!view?.notice) {
		return section('notice', text.notice, element('p', {}, text.noticeMissing));
	}
	return section('notice', text.notice,
		written(view.text),
		details(text.examples, element('div', { class: 'lines' }, view.examples.map((/** @type {string} */ line) =>
			element('pre', { tabindex: '0' }, code(pretty(line)))))),
		details(text.noticeJson, element('p', {}, code(view.current)),
			element('pre', { tabindex: '0' }, code(JSON.stringify(view.notice, null, 2)))));
}

/**
 * What differs from the notice agreed to, the wider side first.
 * @param {any} view what the endpoint says of the notice
 * @returns {HTMLElement | null}
 */
export function changesSection(view) {
	if (!view?.accepted || view.accepted === view.current) {
		return null;
	}
	if (!view.differences) {
		return section('changes', text.changes, element('p', {}, text.differencesUnknown));
	}
	/** @param {(kind: string) => boolean} kind */
	const texts = (kind) => view.differences.filter((/** @type {any} */ one) => kind(one.kind))
		.map((/** @type {any} */ one) => one.text);
	return section('changes', text.changes, element('div', { class: 'sides' },
		side(text.wider, view.changes ?? texts((kind) => kind === 'wider')),
		side(text.narrower, texts((kind) => kind !== 'wider'))));
}

/** @param {string} heading @param {string[]} sentences */
function side(heading, sentences) {
	return element('div', {}, element('h3', {}, heading), (sentences.length === 0) ? element('p', {}, text.nothing)
		: sentenceList(sentences));
}

/** @param {string[]} sentences */
function sentenceList(sentences) {
	return element('ul', {}, sentences.map((sentence) => element('li', { dir: 'auto' }, visible(sentence))));
}

/**
 * @param {any} written sentences in a language
 * @returns {HTMLElement}
 */
function written(written) {
	return element('div', { lang: written.language }, written.sections.map((/** @type {any} */ part) => [
		element('h3', {}, visible(part.heading)), sentenceList(part.lines)]).flat());
}

/** @param {string} line */
function pretty(line) {
	try {
		return JSON.stringify(JSON.parse(line), null, 2);
	}
	catch {
		return line;
	}
}
