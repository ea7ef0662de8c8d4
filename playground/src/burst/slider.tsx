import styles from './slider.module.css';

interface SliderProps {
  label: string;
  value: number;
  max: number;
  step?: number;
  /** The value in words, for the eye and for screen readers. */
  shown: string;
  onValue: (value: number) => void;
}

export function Slider({ label, value, max, step = 1, shown, onValue }: SliderProps) {
  return (
    <label className={styles.slider}>
      <span className={styles.label}>{label}</span>
      <span className={styles.value}>{shown}</span>
      <input
        type="range"
        min={0}
        max={max}
        step={step}
        value={value}
        aria-valuetext={shown}
        onChange={(event) => onValue(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}
