// Runs before anything is shown, so that a chosen theme and language do not flash in. Keys as in shared/remembered.ts.
try {
  const theme = localStorage.getItem('zaima.theme');
  if (theme === '"light"' || theme === '"dark"') document.documentElement.dataset.theme = theme.slice(1, -1);
  if (localStorage.getItem('zaima.language') === '"en"') document.documentElement.lang = 'en';
} catch {
  // Storage is shut to pages inside some frames: the system's theme it is.
}
