import { usePageAction } from '../actions/use-page-action.ts';
import { Icon } from '../text/icon.tsx';
import hidden from '../text/hidden.module.css';
import styles from './theme-choice.module.css';
import { themes, useTheme, type Theme } from './use-theme.ts';

const labels: Record<Theme, string> = {
  system: 'Theme of the system',
  light: 'Light theme',
  dark: 'Dark theme',
};

export function ThemeChoice() {
  const [theme, choose] = useTheme();
  usePageAction('systemTheme', () => choose('system'));
  usePageAction('lightTheme', () => choose('light'));
  usePageAction('darkTheme', () => choose('dark'));
  return (
    <fieldset className={styles.choice}>
      <legend className={hidden.hidden}>Theme</legend>
      {themes.map((name) => (
        <label key={name} className={styles.option} title={labels[name]}>
          <input
            type="radio"
            name="theme"
            className={styles.radio}
            checked={theme === name}
            onChange={() => choose(name)}
          />
          <Icon name={name} />
          <span className={hidden.hidden}>{labels[name]}</span>
        </label>
      ))}
    </fieldset>
  );
}
