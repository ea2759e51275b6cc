// The state in one sentence, why, and the choices that there are.

import { code, element, section, visible } from './dom.js';
import { hosts } from './notice.js';
import { list, text, withTimes } from './text.js';

/** States in which no choice can be made here. */
const CLOSED = ['VETOED', 'SUPPRESSED', 'FAULT', 'ABSENT'];

/** States in which a decision stands that the user is not asked about again. */
const QUIET = ['DENIED', 'WITHDRAWN'];

/**
 * What can be done.
 * @typedef {object} Actions
 * @property {() => void} deny
 * @property {(scope: 'local' | 'export') => void} grant
 * @property {() => void} withdraw
 * @property {() => void} change shows the choices
 */

/**
 * Whether the choices are shown, and with them the notice first.
 * @param {any} status
 * @param {boolean} asked whether the user has asked for them
 */
export function showsChoices(status, asked) {
	return asked || (status.consent.state !== 'GRANTED' && !QUIET.includes(status.consent.state));
}

/**
 * @param {any} status
 * @param {any} view what the endpoint says of the notice
 * @param {boolean} asked whether the user has asked for the choices
 * @param {string} property what makes the endpoint read-only, or nothing
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
export function stateSection(status, view, asked, property, actions) {
	const { consent } = status;
	return section('decision', text.decision,
		element('p', { class: 'state' }, sentence(consent, view)),
		(consent.state === 'GRANTED' && consent.rule >= 10) ? element('p', {}, text.byConfiguration) : null,
		element('p', { id: 'why' }, text.why, ' ', ...withTimes(visible(consent.reason)),
			...origin(consent)),
		consent.cap ? element('p', {}, text.limited, ' ', visible(consent.cap)) : null,
		property ? element('p', { id: 'read-only' }, text.readOnly, ' ', code(property)) : null,
		(consent.state === 'GRANTED') ? grantedButtons(consent, property, actions) : null,
		canChange(consent, view) && !asked && !property ? element('p', {},
			element('button', { type: 'button', class: 'quiet', 'aria-expanded': 'false', click: actions.change }, text.change))
			: null);
}

/** @param {any} consent */
function origin(consent) {
	return consent.origin ? [' (', text.origin, ' ', code(consent.origin), ')'] : [];
}

/** @param {any} consent @param {any} view */
function canChange(consent, view) {
	return QUIET.includes(consent.state)
		|| (consent.state === 'GRANTED' && consent.recordedScope === 'LOCAL' && hosts(view).length > 0);
}

/** @param {any} consent @param {any} view */
function sentence(consent, view) {
	if (consent.state !== 'GRANTED') {
		return text.states[consent.state] ?? visible(consent.state);
	}
	return (consent.scope === 'EXPORT') ? text.grantedExport(list(hosts(view))) : text.grantedLocal;
}

/** @param {any} consent @param {string} property @param {Actions} actions */
function grantedButtons(consent, property, actions) {
	return choices(property ? 'read-only' : '', [[text.withdraw, actions.withdraw],
		...(consent.scope === 'EXPORT' ? [/** @type {[string, () => void]} */ ([text.narrow, () => actions.grant('local')])] : [])]);
}

/**
 * The choices, the same element in the same order everywhere.
 * @param {any} status
 * @param {any} view what the endpoint says of the notice
 * @param {string} property what makes the endpoint read-only, or nothing
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
export function choicesSection(status, view, property, actions) {
	const { consent } = status;
	const to = hosts(view);
	const closed = CLOSED.includes(consent.state);
	/** @type {[string, () => void][]} */
	const all = [[text.deny, actions.deny], [text.local, () => actions.grant('local')]];
	if (to.length > 0) {
		all.push([text.export(list(to)), () => actions.grant('export')]);
	}
	const reason = property ? 'read-only' : (closed || !view?.notice) ? 'closed' : '';
	return section('choices', text.choices,
		(reason === 'closed') ? element('p', { id: 'closed' }, closed
			? [sentence(consent, view), ' ', text.why, ' ', ...withTimes(visible(consent.reason)),
				...origin(consent)] : text.noticeMissing) : null,
		choices(reason, all));
}

/**
 * @param {string} reason the id of what says why nothing can be chosen, or nothing
 * @param {[string, () => void][]} all
 */
function choices(reason, all) {
	return element('div', { class: 'choices' }, all.map(([label, click]) => element('button',
		{ type: 'button', class: 'choice', click, disabled: reason !== '', ...(reason ? { 'aria-describedby': reason } : {}) },
		label)));
}
