/** Fetches what there is every two seconds and shows it. */

import { STATES, headline } from './words.js';
import {
  element, makeAgent, makeMonitor, reconcile, say, updateAgent, updateMonitor,
} from './rows.js';

const EVERY_MS = 2_000;
const PATIENCE_MS = 8_000;
const part = (id) => document.getElementById(id);

let monitors = [];
let agents = [];
let former = new Map();
let only = null;
let clockOffset = 0;
let lastGood = null;

/** Follows the list to its end. */
async function all(path) {
  const items = [];
  let next = null;
  do {
    const query = next ? `&next=${encodeURIComponent(next)}` : '';
    const answer = await fetch(`${path}?limit=1000${query}`, {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status === 401) {
      location.assign('/login');
      return new Promise(() => {});
    }
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.detail ?? `The server answers ${answer.status}.`);
    clockOffset = Date.parse(answer.headers.get('Date')) - Date.now() || 0;
    items.push(...body.items);
    next = body.next;
  } while (next);
  return items;
}

async function refresh() {
  try {
    [monitors, agents] = await Promise.all([all('/api/v1/monitors'), all('/api/v1/agents')]);
    lastGood = Date.now();
    announce();
    part('trouble').hidden = true;
    document.body.classList.remove('stale');
  } catch (trouble) {
    // A time and not an age: a text that changes every second would be read out every second.
    const since = lastGood ? ` What you see is of ${new Date(lastGood).toLocaleTimeString()}.` : '';
    const known = trouble instanceof TypeError || trouble.name === 'TimeoutError';
    say(part('trouble'), `${known ? 'The server does not answer.' : trouble.message}${since} Trying again…`);
    part('trouble').hidden = false;
    document.body.classList.add('stale');
  }
  show();
}

/** Tells screen readers what changed, and nothing else. */
function announce() {
  const changes = monitors
    .filter((monitor) => former.has(monitor.id) && former.get(monitor.id) !== monitor.state)
    .map((monitor) => `${monitor.name} is ${monitor.state}.`);
  if (changes.length) say(part('changes'), changes.slice(0, 5).join(' '));
  former = new Map(monitors.map((monitor) => [monitor.id, monitor.state]));
}

function wanted(monitor) {
  const text = part('search').value.trim().toLowerCase();
  const tags = Object.entries(monitor.tags ?? {}).map((tag) => tag.join(': '));
  return (!only || monitor.state === only)
    && (!text || [monitor.id, monitor.name, monitor.url, ...tags].some((s) => s.toLowerCase().includes(text)));
}

function show() {
  const now = Date.now() + clockOffset;
  const counts = {};
  for (const { state } of monitors) counts[state] = (counts[state] ?? 0) + 1;
  if (lastGood) {
    say(part('headline'), headline(counts, monitors.length));
    document.title = `${counts.down ? `(${counts.down} down) ` : ''}Webpage Monitor`;
  }
  tiles(counts);
  const rank = (monitor) => STATES.indexOf(monitor.state);
  const shown = monitors
    .filter(wanted)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  reconcile(part('rows'), shown, (m) => m.id, makeMonitor, (row, m) => updateMonitor(row, m, now));
  reconcile(part('agents'), agents, (a) => a.id, makeAgent, (row, a) => updateAgent(row, a, now));
  part('none').hidden = shown.length > 0 || monitors.length === 0;
  part('legend').hidden = shown.length === 0;
  part('search').closest('label').hidden = monitors.length < 8;
  part('no-agents').hidden = !lastGood || agents.length > 0;
  empty();
  say(part('freshness'), lastGood ? `as of ${new Date(lastGood).toLocaleTimeString()}` : '');
}

function tiles(counts) {
  const states = STATES.filter((state) => counts[state]);
  if (only && !counts[only]) only = null;
  reconcile(part('tiles'), states, (state) => state, (state) => {
    const tile = element('button', `tile ${state}`, element('b', ''), element('span', '', state));
    tile.type = 'button';
    tile.addEventListener('click', () => {
      only = only === state ? null : state;
      show();
    });
    return tile;
  }, (tile, state) => {
    say(tile.firstElementChild, String(counts[state]));
    tile.setAttribute('aria-pressed', String(only === state));
  });
}

function empty() {
  const box = part('empty');
  box.hidden = !lastGood || monitors.length > 0;
  if (box.hidden || box.childElementCount) return;
  box.append(
    element('p', '', 'Add a page to ', element('code', '', 'config.toml'), ', and it appears here within seconds:'),
    element('pre', '', '[[web_page]]\nurl = "https://en.wikipedia.org/wiki/Main_Page"\nname = "Wikipedia"\ncontent_pattern = "Log in"\ninterval = 60'),
    element('p', '', 'An agent in another place needs to be registered first: ', element('code', '', 'webmon server agents add'), '.'),
  );
}

part('search').addEventListener('input', show);
setInterval(() => lastGood && show(), 1_000);
for (;;) {
  await refresh();
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  if (document.hidden) {
    await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }));
  }
}
