// The language of the page, and how it writes dates and numbers.

import { element } from './dom.js';
import { german } from './text-de.js';
import { english } from './text-en.js';

/** @type {Record<string, typeof english>} */
const LANGUAGES = { en: english, de: german };

/** The first language of the user that the page has. */
export const language = navigator.languages.map((name) => name.slice(0, 2).toLowerCase())
	.find((name) => name in LANGUAGES) ?? 'en';

/** What the page says. */
export const text = LANGUAGES[language] ?? english;

/** The user's own region, when its language is that of the page. */
const locale = navigator.languages.find((name) => name.toLowerCase().startsWith(language)) ?? language;

const instants = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });

const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });

const hours = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });

const clocks = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });

const numbers = new Intl.NumberFormat(locale);

const utcDays = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });

const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });

const lists = new Intl.ListFormat(locale, { type: 'conjunction' });

/** @param {number} value */
export const number = (value) => numbers.format(value);

/** @param {number} value a share, from 0 to 1 */
export const percent = (value) => percents.format(value);

/** @param {Date} date */
export const utcDay = (date) => utcDays.format(date);

/** @param {string[]} values */
export const list = (values) => lists.format(values);

/** @param {Date} date */
export const day = (date) => days.format(date);

/** @param {Date} date */
export const hour = (date) => hours.format(date);

/** @param {Date} date */
export const clock = (date) => clocks.format(date);

/**
 * A time, as it was written and as a user reads it.
 * @param {string | null | undefined} instant in ISO 8601
 * @returns {HTMLElement | string}
 */
export function time(instant) {
	const date = new Date(instant ?? Number.NaN);
	return Number.isNaN(date.getTime()) ? text.never : element('time', { datetime: String(instant) }, instants.format(date));
}

/**
 * A sentence of the server, with the times in it as a user reads them.
 * @param {string} sentence already visible
 * @returns {(HTMLElement | string)[]}
 */
export function withTimes(sentence) {
	return sentence.split(/(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z)/)
		.map((part, index) => (index % 2 === 1) ? time(part) : part);
}
