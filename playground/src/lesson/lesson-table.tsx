import type { ComponentProps } from 'react';
import { ScrollRegion } from '../text/scroll-region.tsx';
import styles from './lesson-table.module.css';

export function LessonTable({ children }: ComponentProps<'table'>) {
  return (
    <ScrollRegion label="Table">
      <table className={styles.table}>{children}</table>
    </ScrollRegion>
  );
}
