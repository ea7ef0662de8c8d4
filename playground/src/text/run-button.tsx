import { Icon } from './icon.tsx';
import form from './run-form.module.css';

interface RunButtonProps {
  running: boolean;
  /** What it does, in words. */
  start: string;
  /** What it does while that is running. */
  stop: string;
  /** Beside other buttons that do much, the colour of proof tells it apart. */
  isProof?: boolean;
}

/** Submits a form that begins something long, and that stops it while it is running. */
export function RunButton({ running, start, stop, isProof = false }: RunButtonProps) {
  return (
    <button type="submit" className={isProof ? form.proofButton : form.button}>
      {running ? (
        <>
          <Icon name="waiting" /> {stop}
        </>
      ) : (
        start
      )}
    </button>
  );
}
