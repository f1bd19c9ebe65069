/** The parts of the page that come and go. Each knows how to be made and how to be brought up to date. */

import { PHASES, accounting, age, duration, outcome, phasesInWords, span } from './words.js';

/** An element with a class and children; texts are always texts, never markup. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Changes a text only if it differs, so that nothing is announced or selected anew. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function setClass(node, className) {
  if (node.className !== className) node.className = className;
}

/**
 * Brings a list's children in line with items: the same item keeps its element, and with it
 * focus, selection and scroll position.
 */
export function reconcile(list, items, key, make, update) {
  const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const focused = document.activeElement;
  let place = list.firstElementChild;
  for (const item of items) {
    const id = key(item);
    let child = known.get(id);
    known.delete(id);
    if (!child) {
      child = make(item);
      child.dataset.key = id;
    }
    if (child === place) {
      place = place.nextElementSibling;
    } else {
      list.insertBefore(child, place);
    }
    update(child, item);
  }
  for (const gone of known.values()) gone.remove();
  if (focused && focused !== document.activeElement && list.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}

/** A name as a link, where following it is safe. */
function link(text, url) {
  if (!/^https?:\/\//.test(url)) return element('span', 'name', text);
  const made = element('a', 'name', text);
  made.href = url;
  made.rel = 'noopener noreferrer';
  made.target = '_blank';
  return made;
}

export function makeMonitor(monitor) {
  const row = element('li', 'row');
  row.parts = {
    state: element('span', 'state'),
    title: element('span', 'title'),
    url: element('span', 'url'),
    notes: element('span', 'notes'),
    regions: element('ul', 'regions'),
    failure: element('p', 'failure'),
  };
  const { state, title, url, notes, regions, failure } = row.parts;
  row.append(element('div', 'what', state, element('div', 'named', title, url, notes)), regions, failure);
  return row;
}

export function updateMonitor(row, monitor, now) {
  const { state, title, url, notes, regions, failure } = row.parts;
  setClass(row, `row is-${monitor.state}`);
  setClass(state, `state ${monitor.state}`);
  say(state, monitor.state);
  const shown = `${monitor.name}\n${monitor.url}`;
  if (row.dataset.shown !== shown) {
    row.dataset.shown = shown;
    title.replaceChildren(link(monitor.name, monitor.url));
    say(url, monitor.url.replace(/^https?:\/\//, ''));
    url.title = monitor.url;
  }
  const said = Object.entries(monitor.tags ?? {}).map(([name, value]) => `${name}: ${value}`);
  if (monitor.interval_s != null) said.unshift(`every ${span(monitor.interval_s)}`);
  if (monitor.conflict) said.push('agents define it differently');
  say(notes, said.join(' · '));
  setClass(notes, monitor.conflict ? 'notes conflict' : 'notes');
  reconcile(regions, monitor.regions, (region) => region.region, makeRegion, (child, region) =>
    updateRegion(child, region, now));
  const failed = monitor.regions.filter((region) => region.last?.failure);
  const messages = [...new Set(failed.map((region) => region.last.failure.message))];
  say(failure, messages.join(' '));
  failure.hidden = messages.length === 0;
}

function makeRegion() {
  const region = element('li', 'region');
  region.parts = {
    dot: element('span', 'dot'),
    name: element('span', 'where'),
    outcome: element('span', 'outcome'),
    total: element('span', 'total'),
    bar: element('span', 'bar'),
    age: element('span', 'age'),
  };
  region.append(...Object.values(region.parts));
  region.parts.bar.setAttribute('role', 'img');
  return region;
}

function updateRegion(node, region, now) {
  const { dot, name, outcome: said, total, bar, age: when } = node.parts;
  const last = region.last;
  setClass(dot, `dot ${region.state}`);
  dot.title = region.state;
  say(name, region.region);
  say(said, last ? outcome(last) : 'no result yet');
  say(total, last && last.duration_us > 0 ? duration(last.duration_us) : '');
  say(when, last ? age(now - Date.parse(last.started_at ?? last.due_at)) : '');
  if (last) when.title = last.started_at ?? last.due_at;
  drawPhases(bar, last);
}

function drawPhases(bar, result) {
  const phases = result?.phases_us ?? {};
  const words = phasesInWords(phases) || 'nothing was measured';
  if (bar.title === words) return;
  bar.title = words;
  bar.setAttribute('aria-label', words);
  // What was begun and not finished, as in a time-out, stays empty.
  const finished = PHASES.reduce((sum, name) => sum + (phases[name] ?? 0), 0);
  const all = Math.max(finished, result?.duration_us ?? 0);
  bar.replaceChildren(
    ...PHASES.filter((name) => phases[name] > 0).map((name) => {
      const part = element('i', name);
      part.style.width = `${(100 * phases[name]) / all}%`;
      return part;
    }),
  );
}

export function makeAgent() {
  const agent = element('li', 'agent');
  agent.parts = {
    name: element('span', 'where'),
    region: element('span', 'notes'),
    mode: element('span', 'mode'),
    seen: element('span', 'age'),
    accounting: element('span', 'accounting'),
  };
  agent.append(...Object.values(agent.parts));
  return agent;
}

export function updateAgent(node, agent, now) {
  const { name, region, mode, seen, accounting: account } = node.parts;
  say(name, agent.id);
  say(region, [agent.region, agent.version && `version ${agent.version}`].filter(Boolean).join(' · '));
  say(mode, agent.mode);
  say(seen, agent.last_seen_at ? `seen ${age(now - Date.parse(agent.last_seen_at))}` : 'never seen');
  const { sound, text } = accounting(agent);
  say(account, agent.last_seen_at ? text : '');
  setClass(account, sound ? 'accounting' : 'accounting unsound');
}
