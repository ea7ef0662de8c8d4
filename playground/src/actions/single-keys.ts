/** Whether single keys do anything, remembered on this machine (WCAG 2.2, 2.1.4). */
const NAME = 'single-keys';

export function singleKeysAreOn(): boolean {
  try {
    return localStorage.getItem(NAME) !== 'off';
  } catch {
    return true;
  }
}

export function switchSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(NAME, on ? 'on' : 'off');
  } catch {
    // Storage may be switched off; the keys then stay on.
  }
}
