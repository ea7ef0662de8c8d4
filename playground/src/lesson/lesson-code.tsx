import type { ComponentProps } from 'react';
import { ScrollRegion } from '../text/scroll-region.tsx';
import styles from './lesson-code.module.css';

interface LessonCodeProps extends ComponentProps<'pre'> {
  /** The file the code was taken from when the page was built. */
  'data-file'?: string;
  'data-symbol'?: string;
}

export function LessonCode({
  'data-file': file,
  'data-symbol': symbol,
  children,
}: LessonCodeProps) {
  const label = file ? `Code: ${symbol} in ${file}` : 'Code';
  return (
    <figure className={styles.figure}>
      {file && (
        <figcaption className={styles.file}>
          <code>{file}</code>
        </figcaption>
      )}
      <ScrollRegion label={label} className={styles.code}>
        <pre>{children}</pre>
      </ScrollRegion>
    </figure>
  );
}
