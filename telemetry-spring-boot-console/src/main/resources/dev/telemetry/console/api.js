// Calls the endpoint. The addresses come from the server, in attributes of the page.

const data = document.documentElement.dataset;

/** Where the page is served, without a slash at the end. */
const consolePath = data.console ?? '';

/** Where the endpoint is; empty when it cannot be called. */
export const endpoint = data.endpoint ?? '';

/** Which property keeps the page from doing everything; empty when none does. */
export const property = data.property ?? '';

/** Makes Spring Security answer 401 without a challenge, for which browsers open a dialog of their own. */
const JSON_HEADERS = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' };

/**
 * @typedef {object} Answer
 * @property {number} status 0 when there was none
 * @property {any} body the JSON, or null
 * @property {string | null} hint why a write did not reach the endpoint, or null
 */

/**
 * @param {string} url
 * @param {RequestInit} options
 * @returns {Promise<Answer>}
 */
async function call(url, options = {}) {
	try {
		// A redirect leads to a page to sign in: its status is 0 here
		const response = await fetch(url, { ...options, credentials: 'same-origin', redirect: 'manual' });
		return { status: response.status, body: await response.json().catch(() => null), hint: response.headers.get('Telemetry-Refused') };
	}
	catch {
		return { status: 0, body: null, hint: null };
	}
}

/**
 * Reads a view of the endpoint.
 * @param {string} view with a slash before it, or nothing for the status
 * @returns {Promise<Answer>}
 */
export function read(view) {
	return call(endpoint + view, { headers: JSON_HEADERS });
}

/**
 * Reads a view of the endpoint as it is.
 * @param {string} view with a slash before it
 * @returns {Promise<string | null>} null when there is none
 */
export async function readText(view) {
	try {
		const response = await fetch(endpoint + view, { headers: JSON_HEADERS, credentials: 'same-origin', redirect: 'manual' });
		return response.ok ? await response.text() : null;
	}
	catch {
		return null;
	}
}

/** Set up for single-page applications, Spring Security takes the header for the cookie's own value. */
let sendsCookie = false;

/**
 * Carries out a command.
 * @param {'enable' | 'disable' | 'reset'} action
 * @param {Record<string, string>} parameters
 * @returns {Promise<Answer>}
 */
export async function command(action, parameters = {}) {
	const page = await call(consolePath + '/token', { headers: JSON_HEADERS });
	const token = page.body ?? {};
	const cookie = cookieValue('XSRF-TOKEN');
	const answer = await post(action, parameters, token.name, (sendsCookie && cookie) ? cookie : token.value);
	if (answer.status === 403 && !answer.body?.refused && token.name && cookie && !sendsCookie) {
		sendsCookie = true;
		return post(action, parameters, token.name, cookie);
	}
	// Of a page that is signed out the missing token is not the cause
	return page.status === 200 ? answer : { ...answer, hint: null };
}

/**
 * @param {string} action
 * @param {Record<string, string>} parameters
 * @param {string | undefined} header
 * @param {string} value
 * @returns {Promise<Answer>}
 */
function post(action, parameters, header, value) {
	/** @type {Record<string, string>} */
	const headers = { ...JSON_HEADERS, 'Content-Type': 'application/json' };
	if (header) {
		headers[header] = value;
	}
	return call(endpoint + '/' + action, { method: 'POST', headers, body: JSON.stringify(parameters) });
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
function cookieValue(name) {
	const found = document.cookie.split('; ').find((cookie) => cookie.startsWith(name + '='));
	return found && decodeURIComponent(found.slice(name.length + 1));
}

/**
 * Reads the beginning of the export, up to the receipts: the local log behind them may be long.
 * @returns {Promise<any>} the part of the document that was read, or null
 */
export async function readReceipts() {
	const end = ',\n"notices":[';
	try {
		const response = await fetch(endpoint + '/export', { headers: JSON_HEADERS, credentials: 'same-origin', redirect: 'manual' });
		if (!response.ok || !response.body) {
			return null;
		}
		const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
		let text = '';
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			text += part.value;
			const found = text.indexOf(end);
			if (found >= 0) {
				await reader.cancel();
				return JSON.parse(text.slice(0, found) + '}');
			}
		}
		return JSON.parse(text);
	}
	catch {
		return null;
	}
}
