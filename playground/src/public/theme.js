// Runs before the first paint, so that a chosen theme does not flash. See ../layout/use-theme.ts.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be switched off; the system's theme is right then.
}
