// Builds elements. Text goes in as text nodes only: nothing here parses markup.

/** What has no shape, or turns the text around it: shown as an escape. */
// eslint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * Makes characters visible that could hide or reorder text.
 * @param {unknown} value anything that was recorded or configured
 * @returns {string}
 */
export function visible(value) {
	return String(value).replace(INVISIBLE,
		(character) => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'));
}

/**
 * Makes an element.
 * @param {string} tag
 * @param {Record<string, string | boolean | (() => void)>} attributes text is an attribute, true one without a
 * value, false none, a function a click listener
 * @param {...(Node | string | null | (Node | string | null)[])} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (typeof value === 'function') {
			made.addEventListener('click', value);
		}
		else if (value !== false) {
			made.setAttribute(name, (value === true) ? '' : value);
		}
	}
	for (const child of children.flat()) {
		if (child !== null) {
			made.append(child);
		}
	}
	return made;
}

/**
 * A value that was recorded or configured, kept apart from the direction of the text around it.
 * @param {unknown} value
 * @returns {HTMLElement}
 */
export function code(value) {
	return element('code', { dir: 'auto' }, visible(value));
}

/**
 * A section with a heading that names it.
 * @param {string} id
 * @param {string} heading
 * @param {...(Node | string | null | (Node | string | null)[])} children
 * @returns {HTMLElement}
 */
export function section(id, heading, ...children) {
	return element('section', { id, 'aria-labelledby': id + '-heading' },
		element('h2', { id: id + '-heading', tabindex: '-1' }, heading), ...children);
}

/**
 * A table that scrolls by itself when it is wider than the page.
 * @param {string} caption
 * @param {string[]} columns
 * @param {(Node | string)[][]} rows the first cell of each is its heading
 * @returns {HTMLElement}
 */
export function table(caption, columns, rows) {
	return element('div', { class: 'table', role: 'group', 'aria-label': caption, tabindex: '0' },
		element('table', {},
			element('caption', {}, caption),
			element('thead', {}, element('tr', {}, columns.map((column) => element('th', { scope: 'col' }, column)))),
			element('tbody', {}, rows.map((row) => element('tr', {}, row.map((cell, index) =>
				(index === 0) ? element('th', { scope: 'row' }, cell) : element('td', {}, cell)))))));
}

/**
 * Something to open.
 * @param {string} summary
 * @param {...(Node | string | null | (Node | string | null)[])} children
 * @returns {HTMLElement}
 */
export function details(summary, ...children) {
	return element('details', {}, element('summary', {}, summary), ...children);
}
