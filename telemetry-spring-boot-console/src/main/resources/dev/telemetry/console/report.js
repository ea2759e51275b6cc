// The report: what the whole local log says, counted by the endpoint when it is asked.

import { read } from './api.js';
import { Chart } from './charts.js';
import { code, element, section, table, visible } from './dom.js';
import { number, percent, text, time, utcDay } from './text.js';

const GROUPS = 100;

/** What can be asked, by the names of the endpoint's parameters. */
const FIELDS = ['event', 'by', 'sum', 'since', 'until'];

/**
 * @returns {HTMLElement}
 */
export function reportSection() {
	const result = element('div');
	const outcome = element('p', { role: 'status' });
	const inputs = FIELDS.map((name) => /** @type {HTMLInputElement} */ (element('input', { id: 'report-' + name,
		name, type: (name === 'since' || name === 'until') ? 'date' : 'text', autocomplete: 'off', spellcheck: 'false' })));
	const button = /** @type {HTMLButtonElement} */ (element('button', { type: 'submit', class: 'quiet' }, text.reportMake));
	const form = element('form', { class: 'report' }, ...inputs.map((input) =>
		element('div', {}, element('label', { for: input.id }, text.reportFields[input.name] ?? ''), input)),
	element('div', { class: 'submit' }, button));
	form.addEventListener('submit', (submitted) => {
		submitted.preventDefault();
		void make(inputs, button, outcome, result);
	});
	return section('report', text.report, element('p', {}, text.reportIntroduction), form, outcome, result);
}

/**
 * @param {HTMLInputElement[]} inputs
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} outcome
 * @param {HTMLElement} result
 */
async function make(inputs, button, outcome, result) {
	const asked = new URLSearchParams();
	for (const input of inputs) {
		if (input.value !== '') {
			asked.set(input.name, input.value);
		}
	}
	button.setAttribute('aria-disabled', 'true');
	outcome.textContent = text.reportBusy;
	const query = asked.toString();
	const answer = await read('/report' + (query ? '?' + query : ''));
	button.removeAttribute('aria-disabled');
	if (answer.status !== 200 || answer.body === null) {
		result.replaceChildren();
		outcome.textContent = failure(answer);
		return;
	}
	show(answer.body, outcome, result);
}

/** @param {import('./api.js').Answer} answer */
function failure(answer) {
	const refused = answer.body?.refused;
	return (answer.status === 429) ? text.reportOther
		: (answer.status === 0 || answer.status === 401) ? text.unreachable
			: refused ? text.refused + ' ' + visible(refused.reason) : text.forbidden(String(answer.status));
}

/**
 * @param {any} report
 * @param {HTMLElement} outcome
 * @param {HTMLElement} result
 */
function show(report, outcome, result) {
	const { events } = report;
	const count = events.reduce((/** @type {number} */ all, /** @type {any} */ event) => all + event.count, 0);
	outcome.replaceChildren(text.reportCount(number(count)), ...(report.first
		? [' ', text.reportFrom, ' ', time(report.first), ' ', text.reportTo, ' ', time(report.last), '.'] : []),
	...(report.skipped > 0 ? [' ' + text.logSkipped(number(report.skipped))] : []),
	...(report.unread ? [' ' + text.reportUnread + ' ' + report.unread.map(visible).join(', ')] : []));
	const chart = dayChart(events);
	result.replaceChildren(...(events.length === 0 ? [] : [
		table(text.reportEvents, [text.event, ...figureNames(report)],
			events.map((/** @type {any} */ event) => [code(event.name), ...figures(event, report)]))]),
	...(chart ? [chart.chart.figure] : []),
	...errors(events),
	...events.filter((/** @type {any} */ event) => event.groups?.length > 0)
		.flatMap((/** @type {any} */ event) => groups(event, report)));
	chart?.chart.show(chart.data);
}

/** @param {any} report */
function figureNames(report) {
	return [text.reportFigures.count, text.reportFigures.estimated, text.reportFigures.success, 'p50 ms', 'p90 ms', 'p99 ms',
		...(report.sum ? [text.reportSum(visible(report.sum))] : [])];
}

/**
 * @param {any} usage of an event or a group
 * @param {any} report
 */
function figures(usage, report) {
	const { durations } = usage;
	return [number(usage.count), number(usage.estimated), percentOrNone(usage.successRate),
		...[durations?.p50, durations?.p90, durations?.p99].map(numberOrNone),
		...(report.sum ? [numberOrNone(usage.total)] : [])];
}

/** @param {number | undefined} value */
function numberOrNone(value) {
	return (value === undefined) ? '' : number(value);
}

/** @param {number | undefined} value */
function percentOrNone(value) {
	return (value === undefined) ? '' : percent(value);
}

/** @param {any[]} events */
function dayChart(events) {
	/** @type {Map<string, number>} */
	const counts = new Map();
	for (const event of events) {
		for (const [day, count] of Object.entries(event.days)) {
			counts.set(day, (counts.get(day) ?? 0) + Number(count));
		}
	}
	const days = [...counts].map(([day, count]) => [Date.parse(day + 'T00:00:00Z') / 1000, count])
		.filter(([begin]) => !Number.isNaN(begin)).sort(([a = 0], [b = 0]) => a - b);
	return (days.length === 0) ? null : { chart: new Chart(text.reportDays, [text.events], 'bars', utcDay),
		data: [days.map(([begin = 0]) => begin), days.map(([, count = 0]) => count)] };
}

/** @param {any[]} events */
function errors(events) {
	const rows = events.flatMap((event) => Object.entries(event.errors)
		.map(([error, count]) => [code(event.name), code(error), number(Number(count))]));
	return (rows.length === 0) ? [] : [table(text.reportErrors, [text.event, text.reportError, text.count], rows)];
}

/**
 * @param {any} event
 * @param {any} report
 */
function groups(event, report) {
	const caption = text.reportGroups(visible(event.name), visible(report.by));
	const left = event.groups.length - GROUPS;
	return [
		table(caption, [visible(report.by), ...figureNames(report), text.reportShare],
			event.groups.slice(0, GROUPS).map((/** @type {any} */ group) => [
				group.kind === 'value' ? code(group.value) : group.kind === 'other' ? text.reportOtherGroups : text.reportWithout,
				...figures(group, report), percentOrNone(group.share)])),
		...(left > 0 ? [element('p', { class: 'note' }, text.reportMore(number(left)))] : []),
	];
}
