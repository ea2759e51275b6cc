// What became of events: counters by destination, and why some were lost.

import { code, element, table, visible } from './dom.js';
import { number, text, time } from './text.js';

/**
 * @param {any} status
 * @returns {HTMLElement}
 */
export function counters(status) {
	return element('div', {},
		table(text.sinks, [text.sink, text.target, text.accepted, text.delivered, text.pending, text.dropped, text.lastDelivery],
			status.sinks.map((/** @type {any} */ sink) => [code(sink.name), code(sink.target), number(sink.accepted),
				number(sink.delivered), number(sink.pending), number(sum(sink.dropped)), time(sink.lastDelivery)])),
		...status.sinks.filter((/** @type {any} */ sink) => sink.lastError).map((/** @type {any} */ sink) =>
			element('p', {}, text.lastError, ' (', code(sink.name), '): ', visible(sink.lastError))),
		drops(status));
}

/** @param {Record<string, number>} dropped */
function sum(dropped) {
	return Object.values(dropped).reduce((a, b) => a + b, 0);
}

/** @param {any} status */
function drops(status) {
	/** @type {Record<string, number>} */
	const all = { ...status.dropped };
	for (const sink of status.sinks) {
		for (const [reason, count] of Object.entries(sink.dropped)) {
			all[reason] = (all[reason] ?? 0) + Number(count);
		}
	}
	const lost = Object.entries(all).filter(([, count]) => count > 0);
	return (lost.length === 0) ? element('p', {}, text.noDrops)
		: table(text.drops, [text.reason, text.count, text.meaning],
			lost.map(([reason, count]) => [code(reason), number(count), text.reasons[reason] ?? '']));
}
