// Before first paint, so that a dark page does not flash white. The policy allows no inline script.
try {
  const theme = localStorage.getItem('healthsheet:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is blocked: the system's theme it is.
}
