// The page: reads what the endpoint says, shows it, and carries out what is clicked.

import { command, endpoint, property, read } from './api.js';
import { activity, activityChart, deliveryChart } from './charts.js';
import { choicesSection, showsChoices, stateSection } from './decision.js';
import { counters } from './delivery.js';
import { code, element, section, visible } from './dom.js';
import { LocalLog, receiptsSection, resetOutcome, yoursSection } from './localdata.js';
import { changesSection, noticeSection } from './notice.js';
import { reportSection } from './report.js';
import { SentLog } from './sent.js';
import { language, number, text } from './text.js';

const INTERVAL = 5000;

const SAMPLES = 120;

const EVENTS = 1000;

const REQUESTS = 50;

const title = element('h1', {}, text.title);

/** What came of the last command; focus goes there, since the button may be gone. */
const outcome = element('div', { id: 'outcome', tabindex: '-1', role: 'status' });

const main = element('main', {}, title, outcome);

/** @type {any} */
let status = null;

/** @type {any} */
let view = null;

/** The user has asked to choose again. */
let asked = false;

let paused = false;

/** @type {import('./charts.js').Chart | null} */
let delivered = null;

/** @type {number[][]} */
let samples = [];

/** @type {Map<string, { key: string, place: HTMLElement }>} */
const places = new Map();

const log = new LocalLog(() => void readLog());

const sent = new SentLog(() => void readSent());

/** @type {import('./charts.js').Chart | null} */
let activityShown = null;

/**
 * Shows a part of the page, and leaves it alone while it says the same: focus and what is opened stay.
 * @param {string} name
 * @param {unknown} said what it depends on
 * @param {() => Node | null} build
 */
function place(name, said, build) {
	const key = JSON.stringify(said);
	const known = places.get(name);
	if (known?.key === key) {
		return;
	}
	const holder = known?.place ?? element('div', { id: 'part-' + name });
	const built = build();
	holder.replaceChildren(...(built ? [built] : []));
	places.set(name, { key, place: holder });
	if (!known) {
		main.append(holder);
	}
}

const actions = {
	deny: () => void decide('disable', {}, text.denied),
	withdraw: () => void decide('disable', {}, text.withdrawn),
	/** @param {'local' | 'export'} scope */
	grant: (scope) => void decide('enable', { scope, notice: view.current, locale: view.text?.language }, text.granted),
	change: () => {
		asked = true;
		render();
		document.getElementById('notice-heading')?.focus();
	},
};

/**
 * @param {'enable' | 'disable'} action
 * @param {Record<string, string>} parameters
 * @param {string} done what to say when it was carried out
 */
async function decide(action, parameters, done) {
	const answer = await command(action, parameters);
	if (answer.status === 200) {
		asked = false;
		status = answer.body;
		say('status', [element('p', {}, done, status.aborted ? ' ' + text.aborted(status.aborted) : '')]);
	}
	else {
		say('alert', refusal(answer));
	}
	await refresh();
	outcome.focus();
}

/**
 * @param {import('./api.js').Answer} answer
 * @returns {HTMLElement[]}
 */
function refusal(answer) {
	const refused = answer.body?.refused;
	if (!refused) {
		const unreachable = !answer.hint && (answer.status === 0 || answer.status === 401);
		return [element('p', {}, unreachable ? text.unreachable : text.forbidden(answer.hint ?? String(answer.status)))];
	}
	if (refused.code === 'notice-mismatch') {
		return [element('p', {}, text.mismatch)];
	}
	return [element('p', {}, text.refused, ' ', visible(refused.reason), refused.origin ? [' (', text.origin, ' ', code(refused.origin), ')'] : null)];
}

/**
 * @param {'status' | 'alert'} role
 * @param {(HTMLElement | string)[]} content
 */
function say(role, content) {
	outcome.setAttribute('role', role);
	outcome.replaceChildren(...content);
}

async function reset() {
	const answer = await command('reset');
	if (answer.body?.deletion) {
		say(answer.body.refused ? 'alert' : 'status', resetOutcome(answer.body));
	}
	else {
		say('alert', refusal(answer));
	}
	asked = false;
	await refresh();
	await readLog();
	await readSent();
	outcome.focus();
}

function render() {
	const { consent } = status;
	document.title = text.titleOf(visible(status.tool));
	title.textContent = document.title;
	const choosing = showsChoices(status, asked);
	const stale = consent.state === 'STALE';
	place('decision', [consent, asked, view?.notice?.destinations], () => stateSection(status, view, asked, property, actions));
	place('changes', [stale, view], () => stale ? changesSection(view) : null);
	place('notice', [choosing, view], () => choosing ? noticeSection(view) : null);
	place('choices', [choosing, consent, view], () => choosing ? choicesSection(status, view, property, actions) : null);
	place('problems', status.problems, problems);
	const granted = consent.state === 'GRANTED';
	place('delivery', granted && status.sinks.map((/** @type {any} */ sink) => sink.name), () => granted ? deliverySection() : null);
	if (granted) {
		place('counters', [status.sinks, status.dropped], () => counters(status));
		sample();
	}
	place('log', '', () => log.section);
	place('activity', '', () => element('div'));
	place('sent', '', () => sent.section);
	place('report', '', reportSection);
	place('deletion', status.deletion, deletionSection);
	place('receipts', [consent.state, consent.scope], receiptsSection);
	place('yours', '', () => yoursSection(property === '', () => void reset()));
}

function problems() {
	return section('problems', text.problems, (status.problems.length === 0) ? element('p', {}, text.noProblems)
		: element('ul', {}, status.problems.map((/** @type {any} */ problem) => element('li', {},
			code(problem.property), ': ', visible(problem.problem),
			...(problem.origin ? [' (', text.origin, ' ', code(problem.origin), ')'] : []), '. ',
			element('strong', {}, text.action, ' '), visible(problem.action)))));
}

function deletionSection() {
	const { deletion } = status;
	return (!deletion) ? null : element('p', { class: 'note' }, text.deletionStatus, ' ', code(deletion.outcome), '. ',
		('pending' in deletion) ? text.deletionProgress(number(deletion.pending), number(deletion.done)) : '',
		deletion.lastError ? ` ${text.lastError}: ${visible(deletion.lastError)}` : '');
}

function deliverySection() {
	samples = [];
	delivered = deliveryChart(status.sinks.map((/** @type {any} */ sink) => visible(sink.name)));
	const button = element('button', { type: 'button', class: 'quiet', click: () => {
		paused = !paused;
		button.textContent = paused ? text.resume : text.pause;
	} }, paused ? text.resume : text.pause);
	const holder = places.get('counters')?.place ?? element('div', { id: 'part-counters' });
	places.set('counters', { key: '', place: holder });
	return section('delivery', text.delivery, element('p', {}, button), holder, delivered.figure);
}

function sample() {
	samples.push([Date.now() / 1000, ...status.sinks.map((/** @type {any} */ sink) => sink.delivered)]);
	samples = samples.slice(-SAMPLES);
	delivered?.show((samples[0] ?? []).map((_, column) => samples.map((row) => row[column] ?? 0)));
}

async function readLog() {
	const answer = await read('/events?limit=' + EVENTS);
	log.show((answer.status === 200) ? answer.body : null);
	const found = (answer.status === 200) ? activity(answer.body.events) : null;
	const holder = places.get('activity')?.place;
	if (!found || !holder) {
		holder?.replaceChildren();
		return;
	}
	activityShown = activityChart(found.byDay);
	holder.replaceChildren(section('activity', text.activity, activityShown.figure));
	activityShown.show(found.data);
}

async function readSent() {
	const answer = await read('/sent?limit=' + REQUESTS);
	sent.show((answer.status === 200) ? answer.body : null);
}

/** Reads status and notice, and shows them. */
async function refresh() {
	const [now, said] = await Promise.all([read(''), read('/notice')]);
	if (now.status !== 200) {
		say('alert', refusal(now));
		return;
	}
	status = now.body;
	view = (said.status === 200) ? said.body : null;
	render();
}

/** Reads the counters again while the page is visible. */
async function tick() {
	if (paused || document.hidden || status?.consent.state !== 'GRANTED') {
		return;
	}
	const before = accepted();
	const now = await read('');
	if (now.status !== 200) {
		say('alert', refusal(now));
		return;
	}
	status = now.body;
	render();
	if (accepted() !== before) {
		await readLog();
		if (!sent.busy) {
			await readSent();
		}
	}
}

function accepted() {
	return status.sinks.reduce((/** @type {number} */ all, /** @type {any} */ sink) => all + sink.delivered, 0);
}

async function start() {
	document.documentElement.lang = language;
	document.title = text.title;
	document.body.append(main);
	if (endpoint === '') {
		main.append(element('p', { role: 'alert' }, text.notExposed, ' ', code(property)));
		return;
	}
	await refresh();
	if (status) {
		await readLog();
		await readSent();
		setInterval(() => void tick(), INTERVAL);
	}
	document.documentElement.dataset.ready = '';
}

void start();
