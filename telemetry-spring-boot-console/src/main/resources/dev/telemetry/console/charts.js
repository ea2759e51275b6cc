// Charts, each with its numbers as a table.

import { details, element, table } from './dom.js';
import { clock, day, hour, number, text } from './text.js';

/** @type {any} */
const Plot = /** @type {any} */ (globalThis).uPlot;

const HEIGHT = 200;

/** Seconds on both sides of a single point or bar; uPlot itself would show the day that follows. */
const AROUND = { line: 30, bars: 43200 };

const dark = matchMedia('(prefers-color-scheme: dark)');

/**
 * A chart as wide as its place. It is drawn again when the colours or the width change.
 */
export class Chart {

	/**
	 * @param {string} title
	 * @param {string[]} series the names of what is shown
	 * @param {'line' | 'bars'} kind
	 * @param {(date: Date) => string} label how times are written
	 */
	constructor(title, series, kind, label) {
		this.title = title;
		this.series = series;
		this.kind = kind;
		this.label = label;
		/** @type {number[][]} */
		this.data = [[], ...series.map(() => [])];
		this.place = element('div', { class: 'plot', role: 'img', 'aria-label': title });
		this.numbers = element('div');
		this.figure = element('figure', {}, element('figcaption', {}, title), this.place,
			legend(series), details(text.asTable, this.numbers));
		dark.addEventListener('change', () => this.draw());
		new ResizeObserver(() => this.plot?.setSize({ width: this.width(), height: HEIGHT })).observe(this.place);
	}

	/** @param {number[][]} data seconds, then the values of each series */
	show(data) {
		this.data = data;
		this.draw();
		this.numbers.replaceChildren(table(this.title, [text.time, ...this.series], rows(data, this.label)));
	}

	width() {
		return Math.max(200, this.place.clientWidth);
	}

	draw() {
		this.plot?.destroy();
		const style = getComputedStyle(document.documentElement);
		const ink = style.getPropertyValue('--pico-color').trim();
		const grid = { stroke: style.getPropertyValue('--pico-muted-border-color').trim(), width: 1 };
		const axis = { stroke: ink, grid, ticks: grid, font: '12px system-ui', labelFont: '12px system-ui' };
		const single = this.data[0]?.length === 1;
		this.plot = new Plot({
			width: this.width(),
			height: HEIGHT,
			legend: { show: false },
			cursor: { show: false },
			scales: { x: { range: (/** @type {any} */ _plot, /** @type {number} */ min, /** @type {number} */ max) =>
				single ? [min - AROUND[this.kind], min + AROUND[this.kind]] : [min, max] },
			y: { range: (/** @type {any} */ _plot, /** @type {number} */ _min, /** @type {number} */ max) => [0, Math.max(1, max * 1.1)] } },
			axes: [{ ...axis, space: 110, values: (/** @type {any} */ _plot, /** @type {number[]} */ ticks) =>
				ticks.map((tick) => this.label(new Date(tick * 1000))) },
			{ ...axis, size: 60, values: (/** @type {any} */ _plot, /** @type {number[]} */ ticks) =>
				ticks.map((tick) => Number.isInteger(tick) ? number(tick) : '') }],
			series: [{}, ...this.series.map((name, index) => ({
				label: name,
				stroke: style.getPropertyValue('--series-' + (index % 4 + 1)).trim(),
				fill: (this.kind === 'bars') ? style.getPropertyValue('--series-1').trim() : undefined,
				dash: (this.kind === 'bars') ? undefined : [[], [8, 4], [2, 3], [8, 3, 2, 3]][index % 4],
				width: 2,
				points: { show: single && this.kind === 'line' },
				paths: (this.kind === 'bars') ? Plot.paths.bars({ size: [0.8, 60] }) : undefined,
			}))],
		}, this.data, this.place);
	}

}

/** @param {string[]} series */
function legend(series) {
	return (series.length < 2) ? null : element('ul', { class: 'legend' },
		series.map((name, index) => element('li', { class: 'series-' + (index % 4 + 1) }, name)));
}

/**
 * @param {number[][]} data
 * @param {(date: Date) => string} label
 */
function rows(data, label) {
	return (data[0] ?? []).map((seconds, index) => [label(new Date(seconds * 1000)),
		...data.slice(1).map((values) => number(values[index] ?? 0))]).reverse();
}

/**
 * Counts events by hour, or by day when they span more than two.
 * @param {any[]} events
 * @returns {{ byDay: boolean, data: number[][] } | null} null without any
 */
export function activity(events) {
	const times = events.map((event) => Date.parse(event.timestamp_utc)).filter((time) => !Number.isNaN(time));
	if (times.length === 0) {
		return null;
	}
	const first = times.reduce((a, b) => Math.min(a, b));
	const last = times.reduce((a, b) => Math.max(a, b));
	const byDay = last - first > 2 * 86400000;
	/** @type {Map<number, number>} */
	const counts = new Map();
	for (const time of times) {
		const begin = new Date(time);
		begin.setMinutes(0, 0, 0);
		if (byDay) {
			begin.setHours(0);
		}
		counts.set(begin.getTime() / 1000, (counts.get(begin.getTime() / 1000) ?? 0) + 1);
	}
	const sorted = [...counts].sort(([a], [b]) => a - b);
	return { byDay, data: [sorted.map(([begin]) => begin), sorted.map(([, count]) => count)] };
}

/** @param {boolean} byDay */
export function activityChart(byDay) {
	return new Chart(byDay ? text.activityByDay : text.activityByHour, [text.events], 'bars', byDay ? day : hour);
}

/** @param {string[]} sinks */
export function deliveryChart(sinks) {
	return new Chart(text.deliveredChart, sinks, 'line', clock);
}
