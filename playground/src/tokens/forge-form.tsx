import { scopeOfTool, type StudyTool } from '../../../studies/tokens/shared.ts';
import { Icon } from '../text/icon.tsx';
import { MembersField } from './members-field.tsx';
import { PresetChoice } from './preset-choice.tsx';
import type { Preset } from './presets.ts';
import type { StudyChoice, Problems } from './recipe.ts';
import { SigningChoice } from './signing-choice.tsx';
import styles from './token-form.module.css';

interface ForgeFormProps {
  choice: StudyChoice;
  problems: Problems;
  firing: boolean;
  onChange: (choice: Partial<StudyChoice>) => void;
  onBegin: (preset: Preset) => void;
  onFire: () => void;
}

/** What is changed about the token, who signs it then, and where it goes. */
export function ForgeForm(props: ForgeFormProps) {
  const { choice, problems, firing, onChange, onBegin, onFire } = props;
  const { recipe, tool } = choice;
  const isReadable = problems.header === undefined && problems.claims === undefined;
  const canFire = !firing && isReadable;
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (canFire) onFire();
      }}
    >
      <PresetChoice recipe={recipe} onBegin={onBegin} />
      <div className={styles.fields}>
        <MembersField
          label="Changes to the header (JSON)"
          text={recipe.header}
          problem={problems.header}
          onText={(header) => onChange({ recipe: { ...recipe, header } })}
        />
        <MembersField
          label="Changes to the claims (JSON)"
          text={recipe.claims}
          problem={problems.claims}
          onText={(claims) => onChange({ recipe: { ...recipe, claims } })}
        />
      </div>
      <SigningChoice
        signing={recipe.signing}
        onSigning={(signing) => onChange({ recipe: { ...recipe, signing } })}
      />
      <p className={styles.note}>
        What is written here is set in the real token; <code>null</code> removes a member. A choice
        of signature that needs another <code>alg</code>, a <code>jwk</code> or a <code>jku</code>{' '}
        sets it by itself. For each server the lab fills in <code>{'{{issuer}}'}</code>,{' '}
        <code>{'{{resource}}'}</code>, <code>{'{{kid}}'}</code>, and its time:{' '}
        <code>{'"{{now+60}}"'}</code> is in a minute.
      </p>
      <div className={styles.row}>
        <label className={styles.option}>
          Call
          <select
            value={tool}
            onChange={(event) => onChange({ tool: event.currentTarget.value as StudyTool })}
          >
            {Object.entries(scopeOfTool).map(([name, scope]) => (
              <option key={name} value={name}>
                {name} (needs {scope})
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className={styles.main} aria-disabled={!canFire}>
          {firing ? (
            <>
              <Icon name="waiting" /> Firing…
            </>
          ) : (
            'Fire the token'
          )}
        </button>
      </div>
    </form>
  );
}
