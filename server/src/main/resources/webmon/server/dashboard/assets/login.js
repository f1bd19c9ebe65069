// A link that was opened by a person logs in by itself. Whatever only fetches it ahead of time (a
// mail scanner, a preview) does not come here, so it cannot use the link up.
const link = document.getElementById('link-form');
if (link && document.visibilityState === 'visible') {
  link.requestSubmit();
}

// Coming from another site, the browser keeps our cookie back for the first page only: ask again.
if (!link && !document.querySelector('.banner')) {
  const answer = await fetch('/api/v1/session', { headers: { Accept: 'application/json' } });
  if (answer.ok) {
    location.replace('/');
  }
}
