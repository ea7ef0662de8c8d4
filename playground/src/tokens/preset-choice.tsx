import { attackHref } from '../place.ts';
import { presetGroups, presetOf, realToken, type Preset } from './presets.ts';
import type { Recipe } from './recipe.ts';
import styles from './token-form.module.css';

interface PresetChoiceProps {
  recipe: Recipe;
  onBegin: (preset: Preset) => void;
}

const groups = [{ title: 'Begin with', presets: [realToken] }, ...presetGroups];

/** Recipes to begin with, and the story of the one that is chosen. */
export function PresetChoice({ recipe, onBegin }: PresetChoiceProps) {
  const chosen = presetOf(recipe);
  return (
    <div className={styles.stack}>
      {groups.map(({ title, presets }) => (
        <fieldset key={title} className={styles.presets}>
          <legend className={styles.legend}>{title}</legend>
          {presets.map((preset) => (
            <button
              key={preset.name}
              type="button"
              aria-pressed={preset.name === chosen?.name}
              onClick={() => onBegin(preset)}
            >
              {preset.name}
            </button>
          ))}
        </fieldset>
      ))}
      <p className={styles.note}>
        {chosen?.story ?? 'Your own recipe.'}{' '}
        {chosen?.attack && (
          <>
            The attack <a href={attackHref(chosen.attack)}>{chosen.attack}</a> fires it, with
            variants.
          </>
        )}
      </p>
    </div>
  );
}
