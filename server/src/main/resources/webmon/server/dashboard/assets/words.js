/** Numbers and states in words. Nothing here touches the page. */

export const STATES = ['down', 'degraded', 'unknown', 'up', 'maintenance', 'paused', 'retired'];

export const PHASES = ['dns', 'connect', 'tls', 'wait', 'transfer'];

const PHASE_NAMES = {
  dns: 'name look-up', connect: 'connect', tls: 'TLS', wait: 'wait', transfer: 'transfer',
};

/** 830 µs, 12 ms, 1.24 s */
export function duration(us) {
  if (us < 1_000) return `${us} µs`;
  if (us < 10_000) return `${(us / 1_000).toFixed(1)} ms`;
  if (us < 1_000_000) return `${Math.round(us / 1_000)} ms`;
  return `${(us / 1_000_000).toFixed(2)} s`;
}

/** "now", "12 s ago", "3 min ago" … */
export function age(ms) {
  const s = Math.max(0, Math.floor(ms / 1_000));
  if (s < 2) return 'now';
  return `${span(s)} ago`;
}

/** Seconds in the largest unit that is whole. */
export function span(s) {
  if (s < 60) return `${s} s`;
  if (s < 3_600) return `${Math.floor(s / 60)} min`;
  if (s < 48 * 3_600) return `${Math.floor(s / 3_600)} h`;
  return `${Math.floor(s / 86_400)} days`;
}

export function phasesInWords(phases) {
  return PHASES.filter((name) => phases[name] != null)
    .map((name) => `${PHASE_NAMES[name]} ${duration(phases[name])}`)
    .join(', ');
}

/** What a result says, short enough for one column. */
export function outcome(result) {
  if (result.http_status != null) return `HTTP ${result.http_status}`;
  return { up: 'good', missed: 'not checked', unknown: 'cannot tell' }[result.status] ?? 'no answer';
}

/** One sentence over all monitors. */
export function headline(counts, total) {
  const down = counts.down ?? 0;
  const degraded = counts.degraded ?? 0;
  const unknown = counts.unknown ?? 0;
  if (total === 0) return 'Nothing is watched yet';
  if (down) return total === 1 ? 'It is down' : `${down} of ${total} ${down === 1 ? 'is' : 'are'} down`;
  if (degraded) return `${degraded} of ${total} ${degraded === 1 ? 'is' : 'are'} degraded`;
  if (unknown) return `${unknown} of ${total} cannot be told`;
  const up = counts.up ?? 0;
  if (up === 0) return 'Nothing is checked now';
  return up === 1 ? 'The one that is checked is up' : `All ${up} are up`;
}

/** How far an agent has come, and whether somebody should look. */
export function accounting(agent) {
  const words = [];
  if (agent.missing) words.push(`${agent.missing} missing`);
  if (agent.gaps) words.push(`${agent.gaps} ${agent.gaps === 1 ? 'gap' : 'gaps'} declared`);
  if (agent.forks) words.push(`${agent.forks} ${agent.forks === 1 ? 'fork' : 'forks'}`);
  if (agent.chain_breaks) words.push(`${agent.chain_breaks} chain breaks`);
  return { sound: words.length === 0, text: words.length ? words.join(', ') : 'nothing missing' };
}
